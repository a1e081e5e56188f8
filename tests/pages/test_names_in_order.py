"""Lists of pages stand in the one order of names, in a district with «№ 2» and «№ 10»; ties of shares do, too."""

from __future__ import annotations

import html
import re

from large_district import LARGE, MET, register
from page_words import button

from proforient.store import facts
from proforient.web import running
from proforient.wording.order import name_order

NAMES = {row["code"]: row["name"] for row in register()}
by_length = sorted(NAMES.values(), key=len, reverse=True)  # «№ 10» before «№ 1»


def bodies(at):
    return [html.unescape(e.proto.body).replace("\u00a0", " ").replace("\u2060", "") for e in at.get("html")]


def tables(at):
    """Of every table and list with organisations, their names as they come."""
    found = []
    for body in bodies(at):
        for part in re.findall(r"<(?:table|ul)\b.*?</(?:table|ul)>", body, re.S):
            plain = re.sub(r"<[^>]+>", "|", part)
            hits = sorted((plain.index(name), name) for name in set(NAMES.values()) if f"|{name}|" in plain)
            if len(hits) > 1:
                found.append([name for _, name in hits])
    return found


def stand_in_order(names):
    assert len(names) > 2 and names == sorted(names, key=name_order), names


def test_who_waits_has_sent_or_is_accepted_stands_in_the_order_of_names(large_page):
    at = large_page("period", territory=LARGE, period="2022")
    told = [body for body in bodies(at) if re.search(r"\d+ чис", body) and any(name in body for name in by_length)]
    for part in ("неполный", "svod-2022.csv"):  # the board of whose report is awaited, the reports to be accepted
        stand_in_order([next(name for name in by_length if name in body) for body in told if part in body])
    waiting = [e.key.removeprefix("period-accept-") for e in at.button if (e.key or "").startswith("period-accept-")]
    stand_in_order([NAMES[code] for code in waiting])
    returned, missing, accepted = [], [], []
    first = bodies(at)
    at.query_params["part"] = "2"
    for body in [*first, *bodies(at.run())]:
        for row in re.findall(r"<tr.*?</tr>", body, re.S):
            code = re.search(r"organisation=([\w-]+)", row)
            if code and code[1] in NAMES:
                which = returned if "на доработке" in row else missing if "не сдан в срок" in row else accepted
                which.append(NAMES[code[1]])
    for names in (returned, missing, accepted):
        stand_in_order(names)
    assert len(waiting + returned + missing + accepted) == 60


def test_organisations_and_the_rows_behind_a_figure(large_page):
    at = large_page("organisations", territory=LARGE, period="2022", sort="name")
    stand_in_order(max(tables(at), key=len))
    at = large_page("indicators", territory=LARGE, period="2022", indicator="coverage", level="primary", trace="1")
    traced = next(body for body in bodies(at) if "pf-trace" in body)
    seen = re.findall(r"source=([\w-]+)", traced)
    stand_in_order([NAMES[code] for code in dict.fromkeys(seen)])


def test_equal_shares_and_needs_stand_in_the_order_of_names(large_page, tmp_path):
    at = large_page("indicators", territory=LARGE, period="2023", indicator="coverage", level="primary")
    silent = [row["name"] for row in register() if row["territory"] == LARGE and "primary" in row["levels"].split(",")]
    ranked = max(tables(at), key=len)
    stand_in_order([name for name in ranked if name in silent][2:])


def test_choices_of_organisations_and_of_who_did_what(large_page):
    at = large_page("accounts")
    offered = at.selectbox[1].options
    stand_in_order(offered)
    store = running.running().open().store
    for login in ("school-10", "school-9", "school-2"):
        with store.write(login, based_on=None) as writer:
            facts.set_zone(writer, MET, "Asia/Omsk" if login == "school-9" else "Asia/Chita")
    at = large_page("log")
    who = at.selectbox("log-who").options
    assert who[0] == "Все" and who[1:] == sorted(who[1:], key=name_order)
    assert who.index("school-2") < who.index("school-9") < who.index("school-10")
    at = large_page("period", territory=LARGE, period="2022")
    button(at, "Добавить оценку…").click().run()
    whom = at.selectbox("period-judgement-whom").options
    stand_in_order(whom[1:])
    at = large_page("upload", territory=LARGE, period="2023")
    stand_in_order(at.selectbox("scope-organisation").options[1:])
