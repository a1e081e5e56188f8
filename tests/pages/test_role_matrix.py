"""Every role opens every page with every address that could name what is not its own; nothing of others appears."""

from __future__ import annotations

import re

import pytest
import two_districts
from google.protobuf import text_format
from streamlit.testing.v1 import AppTest
from two_districts import NORTH, PEOPLE, PERIOD, SCHOOLS, SOUTH, markers, reached

from proforient.access.roles import Deed, demand
from proforient.errors import Refused
from proforient.settings import read_settings
from proforient.store.verify import verify
from proforient.web import people, register, running
from proforient.web.server import SCRIPT

CODES = [entry.code for entry in register.PAGES]
# Role -> the pages that it opens, as they were agreed upon.
OPENED = {
    "organisation": {"organisations", "upload", "form", "receipts", "measures", "help"},
    "head": {
        *("overview", "indicators", "problems", "compare", "explore", "advice", "organisations", "period", "links"),
        *("log", "help", "documents", "measures", "receipts"),
    },
}
OPENED["department"] = OPENED["head"] | {"upload", "form", "start", "registry"}
OPENED["administrator"] = OPENED["department"] | {"accounts"}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("districts") / "data"
    store = two_districts.make(folder)
    two_districts.publish(store, NORTH, title="снимок-север")
    for place in (NORTH, SOUTH):
        two_districts.issue(store, place)
    store.close()
    return folder


@pytest.fixture
def opened(made, monkeypatch):
    """``opened(person, page, **view)``: the page as that person sees it. Nothing is written: one store serves all."""
    if running.running().settings.data != made:
        keys = str(made.with_name("keys"))
        own = {"PROFORIENT_DATA": str(made), "PROFORIENT_MODE": "production", "PROFORIENT_SECRETS": keys}
        running.use(running.Running(read_settings(own)))

    def run(person, code, **view):
        monkeypatch.setattr(people, "present", lambda _: person)
        at = AppTest.from_file(str(SCRIPT), default_timeout=60)
        for name, value in view.items():
            at.query_params[name] = value
        at.run()
        entry = register.page_entry(code)
        return at if entry.default else at.switch_page(str(entry.file)).run()

    return run


def everything(at) -> str:
    """All that the page sends to the browser, widgets, charts and file names included."""

    def walk(block):
        for child in block.children.values():
            if hasattr(child, "proto") and child.proto is not None:
                yield (
                    text_format.MessageToString(child.proto, as_utf8=True)
                    if hasattr(child.proto, "DESCRIPTOR")
                    else str(child.proto)
                )
            if hasattr(child, "children"):
                yield from walk(child)

    return "\n".join(walk(at._tree)).replace("\\302\\240", "\u00a0")


def stands(marker: str, text: str) -> bool:
    """Whether it stands there by itself: identifiers of widgets are full of digits."""
    return re.search(rf"(?<![\w.,-]){re.escape(marker)}(?![\w])", text) is not None


def views():
    """Addresses that name somebody else's territory, organisation, rows and trace, one at a time and together."""
    yield {}
    for place in ("", NORTH, SOUTH, two_districts.REGION):
        yield {"territory": place, "period": PERIOD, "level": "basic"}
    for code, home in SCHOOLS.items():
        yield {
            "territory": home, "period": PERIOD, "organisation": code, "source": code,
            "trace": "1", "indicator": "coverage", "level": "basic", "sides": f"o:{code}|t:{home}",
            "slides": f"coverage~basic~o:{code}|t:{home}", "rows": "organisation", "columns": "territory",
        }  # fmt: skip


THOROUGHLY = ("school-cedar",)  # the others are asked with what could give most away


def few(person):
    """One address, of what is furthest from the person."""
    code = "north-pine" if "south" in person.login or person.login == "oak" else "south-oak"
    yield {
        "territory": SCHOOLS[code], "period": PERIOD, "organisation": code, "source": code,
        "trace": "1", "indicator": "coverage", "level": "basic", "sides": f"o:{code}|t:{SCHOOLS[code]}",
    }  # fmt: skip


# Each of the others opens a fourth of the pages, each page is opened by one of them at least; that one every second.
EACH_PAGE = [
    pytest.param(name, code, marks=() if (place + row) % (2 if name in THOROUGHLY else 4) == 0 else pytest.mark.soak)
    for row, name in enumerate(PEOPLE)
    for place, code in enumerate(CODES)
]


@pytest.mark.parametrize(("name", "code"), EACH_PAGE)
def test_nothing_of_others_is_shown(opened, name, code):
    person = PEOPLE[name]
    others = set(SCHOOLS) - reached(person)
    for view in views() if name in THOROUGHLY and code in OPENED[person.role] else few(person):
        at = opened(person, code, **view)
        assert not at.exception, (view, at.exception)
        text = everything(at)
        seen = [marker for other in sorted(others) for marker in markers(other) if stands(marker, text)]
        assert seen == [], (view, seen)
        closed = f"» открыта {'администратору' if code == 'accounts' else 'управлению'}"
        assert (closed in text) is (code not in OPENED[person.role])


def test_the_matrix_would_see_it(opened):
    """The department sees its own schools with the very markers that are looked for."""
    at = opened(PEOPLE["department-north"], "organisations", territory=NORTH, period=PERIOD)
    text = everything(at)
    assert "Кедровая" in text and "Сосновая" in text
    sheet = opened(
        PEOPLE["department-north"], "organisations", territory=NORTH, period=PERIOD, organisation="north-cedar",
        indicator="coverage", level="basic", trace="1",
    )  # fmt: skip
    text = everything(sheet)
    assert {"7013", "файл-north-cedar"} <= {m for m in markers("north-cedar") if stands(m, text)}


def test_a_school_has_its_own_file_and_not_the_one_of_several(opened):
    view = {"territory": NORTH, "period": PERIOD, "organisation": "north-cedar", "indicator": "coverage"}
    view |= {"level": "basic", "trace": "1"}
    own = everything(opened(PEOPLE["school-cedar"], "organisations", cohort="all", **view))
    assert "Скачать файл-north-cedar.csv" in own
    assert "Меры: 1" in own.replace("\u00a0", " ") and "слово-north-cedar" in own
    shared = everything(opened(PEOPLE["school-cedar"], "organisations", cohort="disability", **view))
    assert "сводный-север.csv" in shared and "Скачать сводный-север.csv" not in shared
    with running.running().open().store.read() as reader:
        (sent,) = [s for s in reader.submissions() if s.file == "сводный-север.csv"]
    receipt = everything(opened(PEOPLE["school-cedar"], "receipts", item=sent.id))
    assert sent.sha256 in receipt and "Скачать сданный файл" not in receipt
    assert not [m for m in markers("north-pine") if stands(m, receipt)] and "Кедровая" in receipt
    whole = everything(opened(PEOPLE["department-north"], "organisations", cohort="disability", **view))
    assert "Скачать сводный-север.csv" in whole


# Step of a report -> the role that it is for, and what must be within reach: the school, or all for whom it is open.
STAFF = {"administrator", "department"}
STEPS = {
    "type into the form": (Deed.SUBMIT, STAFF | {"organisation"}, "school"),
    "hand in": (Deed.SUBMIT, STAFF | {"organisation"}, "school"),
    "answer a question": (Deed.SUBMIT, STAFF | {"organisation"}, "school"),
    "accept": (Deed.REVIEW, STAFF, "school"),
    "return with questions": (Deed.REVIEW, STAFF, "school"),
    "take a file back": (Deed.REVIEW, STAFF, "school"),
    "close": (Deed.APPROVE, STAFF | {"head"}, "campaign"),
    "reopen": (Deed.APPROVE, STAFF | {"head"}, "campaign"),
    "reopen for one school": (Deed.APPROVE, STAFF | {"head"}, "campaign"),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_who_takes_which_step_of_whose_report(opened, name):
    """Every role, every step, a school of one's own and one of others, a campaign of one district and one of all."""
    person = PEOPLE[name]
    opened(person, "help")
    with running.running().open().store.read() as reader:
        schools = {o.code: o for o in reader.organisations()}
    for step, (deed, roles, about) in STEPS.items():
        for code, home in SCHOOLS.items():
            for whose in [schools[code]] if about == "school" else [home, None]:
                within = code in reached(person) if about == "school" else person.reaches(whose)
                if person.role in roles and within:
                    demand(person, deed, whose)
                else:
                    with pytest.raises(Refused):
                        demand(person, deed, whose)
                        pytest.fail(f"{name}: {step} of {whose}")


def test_buttons_of_the_board_are_those_of_the_role(opened):
    acting = ("period-accept-", "period-return-", "period-withdraw-", "period-close", "period-late")
    seen = {}
    for name in ("department-north", "head-north"):
        at = opened(PEOPLE[name], "period", territory=NORTH, period=PERIOD)
        seen[name] = {key for key in acting if any((b.key or "").startswith(key) for b in at.button)}
    assert seen["department-north"] >= {"period-accept-", "period-return-", "period-withdraw-"}
    assert not seen["head-north"] & {"period-accept-", "period-return-", "period-withdraw-"}
    assert "открыта управлению" in everything(opened(PEOPLE["school-cedar"], "period"))


def test_every_page_of_the_register_is_in_the_table():
    assert OPENED["administrator"] == set(CODES)


HOSTILE = (
    "'; DROP TABLE account; --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "\u202e\x00",
    "=cmd|' /C calc'!A0",
)


@pytest.mark.parametrize("code", CODES)
def test_hostile_addresses_are_read_as_words(opened, code):
    """Every field of the address at once, each time with another trick."""
    from proforient.view import KEYS

    for trick in HOSTILE[::2] if CODES.index(code) % 2 else HOSTILE[1::2]:
        at = opened(PEOPLE["department-north"], code, **dict.fromkeys(KEYS, trick))
        assert not at.exception
        bodies = " ".join(element.proto.body for element in at.get("html"))
        assert "<script>alert" not in bodies
    with running.running().open().store.read() as reader:
        assert len(reader.accounts()) == len(PEOPLE)


def test_the_store_is_whole_after_all_that(opened):
    assert verify(running.running().open().store) == []
