"""What guests see: the page of a link in each of its states, its files, and the code of a hall."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import re
import shutil
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
import two_districts
from asgi import ask
from serving import fill_with_demonstration
from starlette.applications import Starlette
from thinned import thinned

from proforient.access import links
from proforient.analysis.coverage import coverages
from proforient.catalogue.read import read_catalogue
from proforient.monitoring import now
from proforient.settings import ROOT, read_settings
from proforient.store.store import Store
from proforient.web import routes, running
from proforient.web.shown import handlers, visit_counts

PLACE = "Челябинская область / Нязепетровский муниципальный район"
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}'


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return fill_with_demonstration(tmp_path_factory.mktemp("shown") / "data")


@pytest.fixture
def opened(filled, tmp_path):
    """The store behind the routes; ``opened.app`` asks them."""
    folder = tmp_path / "data"
    shutil.copytree(filled, folder)
    own = {"PROFORIENT_DATA": str(folder), "PROFORIENT_MODE": "demo", "PROFORIENT_ADDRESS": "https://hall.example/pf"}
    running.use(running.Running(read_settings(own | {"PROFORIENT_SECRETS": str(tmp_path / "keys")})))
    yield running.running().open().store
    running.use(None)


@pytest.fixture
def app(opened):
    return Starlette(routes=routes.routes(""))


def publish(store, **more):
    given = {"period": "2022", "territory": PLACE, "cohort": "all", "at": now()} | more
    with store.write("head", based_on=None, figures=False) as writer:
        return links.publish(writer, store.catalogue, **given)


def shown(app, publication, query=""):
    return ask(app, "GET", f"/s/{publication.token}{query}")


def words(text):
    return re.sub(
        r"[\s\u2060]+", " ", re.sub(r"<style.*?</style>|<[^>]+>", " ", text, flags=re.S).replace("\u00a0", " ")
    )


def test_the_page_says_what_it_is_and_carries_its_rules(app, opened):
    publication = publish(opened, note="К коллегии")
    reply = shown(app, publication)
    assert reply.status == 200
    text = words(reply.text)
    for said in ("Снимок результатов № 1", "Действует.", "К коллегии", "около 240", "около 600", "40 %",
                 "не хватает около 60 детей", "14 из 17 организаций", "Выдумано для демонстрации",
                 "Как показаны числа.", "«Мало детей»", publication.sha256,
                 "hall.example/pf/s/" + publication.token, "не использует cookie"):  # fmt: skip
        assert said in text, said
    assert "Школа" not in text and "Детский сад" not in text  # nothing by organisation
    assert text.count("14 из") == 1 and text.count("№ 1 ") + text.count("№ 1.") <= 3  # said once, not in each section
    assert not re.search(r"\b(232|58) ?(из|дет)", text) and "232" not in reply.text.partition("</style>")[2]
    assert "около 240 из 600 — 40" in reply.text.replace("\u00a0", " ")  # the picture in words
    places = {int(n) for n in re.findall(r"pf-p(\d+)", reply.text.partition("</style>")[2])}
    assert places and all(n % 10 == 0 for n in places), "bars are as long as whole percents"
    policy = reply.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'") and "script-src 'none'" in policy and "unsafe" not in policy
    style = re.search(r"<style>(.*?)</style>", reply.text, re.S)[1]
    digest = hashlib.sha256(style.encode()).digest()
    import base64

    assert base64.b64encode(digest).decode() in policy
    assert reply.headers["referrer-policy"] == "no-referrer" and "style=" not in reply.text.replace("<style", "")
    assert "set-cookie" not in reply.headers


def test_it_is_light(app, opened):
    assert len(shown(app, publish(opened)).text.encode()) <= 40_000


def test_a_cookie_changes_nothing(app, opened):
    publication = publish(opened)
    plain_, with_cookie = (
        shown(app, publication),
        ask(app, "GET", f"/s/{publication.token}", {"cookie": "proforient_session=x"}),
    )
    assert plain_.text == with_cookie.text


def test_the_numbers_are_those_of_the_open_data_and_the_hash_is_of_them(app, opened):
    publication = publish(opened)
    data = shown(app, publication, "?data=json")
    assert hashlib.sha256(data.body).hexdigest() == publication.sha256
    assert "attachment" in data.headers["content-disposition"] and data.headers["content-type"] == "application/json"
    table = shown(app, publication, "?data=csv")
    assert table.body.startswith(b"\xef\xbb\xbf") and "около 600" in table.body.decode()
    for exact in ("232", "39,", "40,"):
        assert exact not in table.body.decode().replace("\u00a0", " "), exact
    assert '"232"' not in data.text and '"percent":"40"' in data.text and "shortfall" not in data.text
    assert shown(app, publication, "?data=exe").status == 404
    typed = pd.read_parquet(io.BytesIO(shown(app, publication, "?data=parquet").body)).set_index("level")
    basic = next(row for row in typed.itertuples() if row.denominator == 600)
    assert (basic.numerator, basic.share, basic.approximate, basic.needed) == (240, 40.0, True, 60)
    assert not typed.isin([232, 39, 58]).any().any()
    few = pd.read_parquet(io.BytesIO(shown(app, publish(opened, cohort="disability"), "?data=parquet").body))
    hidden = few[few["hidden"].notna()]
    assert len(hidden) and hidden[["numerator", "denominator", "share", "verdict", "needed", "plan"]].isna().all().all()


def test_open_data_are_described_for_machines_with_their_digests(app, opened):
    publication = publish(opened)
    package = json.loads(shown(app, publication, "?data=datapackage").body)
    told = shown(app, publication, "?data=dataset")
    dataset = json.loads(told.body)
    assert told.headers["content-type"] == "application/ld+json"
    files = {file["format"]: file for file in package["resources"]}
    downloads = {file["contentUrl"]: file["sha256"] for file in dataset["distribution"]}
    assert set(files) == {"csv", "json", "parquet"}
    for ending, file in files.items():
        assert file["path"] == f"https://hall.example/pf/s/{publication.token}?data={ending}"
        data = shown(app, publication, f"?data={ending}").body
        assert file["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}" and file["bytes"] == len(data)
        assert downloads[file["path"]] == hashlib.sha256(data).hexdigest()
    head = shown(app, publication, "?data=csv").body.decode("utf-8-sig").splitlines()[0].split(";")
    assert [field["name"] for field in files["csv"]["schema"]["fields"]] == head
    columns = pd.read_parquet(io.BytesIO(shown(app, publication, "?data=parquet").body)).columns
    assert [field["name"] for field in files["parquet"]["schema"]["fields"]] == list(columns)
    assert (dataset["@type"], dataset["identifier"]) == ("Dataset", f"sha256:{publication.sha256}")
    for name in ("datapackage", "dataset", "parquet"):
        assert f"?data={name}" in shown(app, publication).text


def test_a_saved_copy_needs_nothing_from_elsewhere_and_says_that_it_is_one(app, opened):
    publication = publish(opened)
    saved = shown(app, publication, "?save=1")
    assert "attachment" in saved.headers["content-disposition"]
    text = saved.text
    assert not re.findall(r'(?:src|href)="(?!data:|https://hall\.example|#)[^"]*"', text)
    assert "url(data:font/woff2" in text and "url(/" not in text
    assert "Это сохранённая копия." in text and "по состоянию на" in words(text) and 'id="copy" hidden' in text
    assert 'http-equiv="Content-Security-Policy"' in text
    assert 40_000 < len(saved.body) < 120_000


def test_a_newer_one_supersedes_and_a_correction_corrects(app, opened):
    first = publish(opened)
    second = publish(opened, title="Новее")
    text = shown(app, first).text
    assert "Есть более новый снимок." in text and f"/s/{second.token}" in text and "loud" in text
    third = publish(opened, corrects=second.number)
    assert "нашли ошибку" in shown(app, second).text
    assert "Действует." in shown(app, third).text


def test_another_territory_period_or_cohort_supersedes_nothing(app, opened):
    first = publish(opened)
    publish(opened, period="2021")
    publish(opened, cohort="disability")
    assert "Действует." in shown(app, first).text


def test_withdrawn_and_over_show_no_figure(app, opened):
    withdrawn, over = publish(opened), publish(opened, days=1, at=now() - dt.timedelta(days=2))
    with opened.write("head", based_on=None, figures=False) as writer:
        links.withdraw(writer, withdrawn.number, reason="Ошибка в файле", at=now())
    for publication, said in ((withdrawn, "отозван"), (over, "Срок")):
        for query in ("", "?save=1", "?data=json", "?data=csv", "?data=parquet", "?data=datapackage", "?data=dataset"):
            reply = shown(app, publication, query)
            assert reply.status == 410 and said in reply.text and "232" not in words(reply.text), query
    assert "Ошибка в файле" in words(shown(app, withdrawn).text)


@pytest.mark.parametrize("token", ["x", "../login", "%00", "A" * 500, "' OR '1'='1", "1; DROP TABLE publication"])
def test_other_addresses_lead_nowhere(app, opened, token):
    publish(opened)
    assert ask(app, "GET", "/s/" + token).status == 404
    assert len(opened_publications(opened)) == 1


def opened_publications(store):
    with store.read() as reader:
        return reader.publications()


def test_a_token_is_long_and_never_the_same(opened):
    tokens = {publish(opened).token for _ in range(5)}
    assert len(tokens) == 5 and min(map(len, tokens)) >= 22  # 128 bits


def test_hostile_texts_are_texts(app, opened):
    reply = shown(app, publish(opened, title=HOSTILE, note=HOSTILE))
    assert reply.status == 200
    body = reply.text.partition("</style>")[2]
    assert "<script" not in body and "<img" not in body and "&lt;script&gt;" in body


def test_a_name_of_a_person_is_refused(opened):
    from proforient.errors import ProforientError

    with pytest.raises(ProforientError):
        publish(opened, note="Спросить у Сосновой Рябины Кленовны")
    assert opened_publications(opened) == []


def test_openings_are_counted_and_files_are_not(app, opened):
    publication = publish(opened)
    for _ in range(3):
        shown(app, publication)
    shown(app, publication, "?save=1")
    visit_counts.write_down(running.running())
    with opened.read() as reader:
        assert reader.opened_times()[publication.token] == 3
    assert visit_counts.waiting()[publication.token] == 0


ROBOTS = """TelegramBot (like TwitterBot)
WhatsApp/2.23.20.0 A
Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)
facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)
Viber/13.3.0.5 CFNetwork/1240.0.4 Darwin/20.6.0
Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)
Slack-ImgProxy (+https://api.slack.com/robots)
Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com
Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)
LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)
Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)
Mozilla/5.0 (compatible; OdklBot/1.0 like Linux; klass@odnoklassniki.ru)
Twitterbot/1.0
Mozilla/5.0 (Linux; Android 6.0.1) Chrome/W.X.Y.Z Mobile Safari/537.36 (compatible; Googlebot/2.1)
okhttp/4.9.3""".splitlines()
PEOPLE = """Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36
Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1
Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/96.0 Mobile Safari/537.36
Mozilla/5.0 (Linux; arm_64; Android 12) AppleWebKit/537.36 YaBrowser/22.3 YaApp_Android/22.41 Mobile Safari/537.36
Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0""".splitlines()


def test_previews_of_messengers_are_answered_and_not_counted(app, opened):
    publication = publish(opened)
    address, ahead = f"/s/{publication.token}", {"user-agent": PEOPLE[0]}
    for agent in ROBOTS:
        assert ask(app, "GET", address, {"user-agent": agent}).status == 200
    for more in ({"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"}, {"x-purpose": "preview"}):
        assert ask(app, "GET", address, ahead | more).status == 200
    assert ask(app, "HEAD", address, ahead).status == 200
    assert visit_counts.waiting()[publication.token] == 0
    for number, agent in enumerate(PEOPLE, 1):
        ask(app, "GET", address, {"user-agent": agent})
        assert visit_counts.waiting()[publication.token] == number, agent


def test_addresses_that_nobody_made_push_no_link_out_of_memory(app, opened, monkeypatch):
    """A hall looks at one link while somebody tries others: its page is not made again, the store not asked."""
    publication = publish(opened)
    assert shown(app, publication).status == 200
    monkeypatch.setattr(handlers, "_make", None)
    for number in range(300):
        assert ask(app, "GET", f"/s/guessed-{number}").status == 404
    assert shown(app, publication).status == 200


def test_the_code_of_a_hall_leads_to_the_page_for_twelve_hours(app, opened, monkeypatch):
    publication = publish(opened)
    with opened.write("head", based_on=None, figures=False) as writer:
        code, ends = links.new_code(writer, publication, now())
    assert len(code) == 8 and set(code) <= set(links.CODE_SIGNS)
    assert dt.timedelta(hours=11, minutes=59) < ends - now() <= dt.timedelta(hours=12)
    latin = code.translate(str.maketrans("АВЕКМНРСТУХ", "ABEKMHPCTYX")).lower()
    for typed in (code, links.readable_code(code), code.lower(), f" {code[:4]} {code[4:]} ", latin):
        reply = typed_in(app, typed)
        assert (reply.status, reply.headers["location"]) == (303, f"/s/{publication.token}"), typed
    with opened.write("head", based_on=None, figures=False) as writer:
        newer, _ = links.new_code(writer, publication, now())
    assert typed_in(app, code).status == 404 and typed_in(app, newer).status == 303
    monkeypatch.setattr(handlers, "now", lambda: now() + dt.timedelta(hours=13))
    assert typed_in(app, newer).status == 404


def typed_in(app, code):
    from urllib.parse import urlencode

    body = urlencode({"code": code}).encode()
    form = {"content-type": "application/x-www-form-urlencoded", "content-length": str(len(body))}
    return ask(app, "POST", "/k", form, [body])


def test_codes_are_not_guessed(app, opened, monkeypatch):
    monkeypatch.setattr(handlers, "BY_ADDRESS", handlers.Tries(most=3, seconds=900))
    publication = publish(opened)
    with opened.write("head", based_on=None, figures=False) as writer:
        code, _ = links.new_code(writer, publication, now())
    assert [typed_in(app, "АААААААА").status for _ in range(3)] == [404] * 3
    assert typed_in(app, code).status == 429


def test_a_withdrawn_link_takes_its_code_along(app, opened):
    publication = publish(opened)
    with opened.write("head", based_on=None, figures=False) as writer:
        code, _ = links.new_code(writer, publication, now())
        links.withdraw(writer, publication.number, at=now())
    assert typed_in(app, code).status == 404


def test_a_changed_text_is_not_shown(app, opened):
    publication = publish(opened)
    with opened.raw() as cursor:
        cursor.execute("UPDATE publication SET body = replace(body, ?, ?)", ['"percent":"40"', '"percent":"41"'])
    assert shown(app, publication).status == 503


def test_two_schools_are_hidden_on_the_page_too(tmp_path):
    store = two_districts.make(tmp_path / "data")
    publication = two_districts.publish(store)
    store.close()
    running.use(running.Running(read_settings({"PROFORIENT_DATA": str(tmp_path / "data"), "PROFORIENT_MODE": "demo"})))
    try:
        reply = shown(Starlette(routes=routes.routes("")), publication)
        text = words(reply.text)
        assert reply.status == 200 and "мало организаций" in text and "значение не показано" in text
        assert "Числа не показаны" in text and "План показан там, где показаны числа" in text
        for wrong in ("никто не сдал", "План не задан", "Выводы не изменятся"):  # of what is hidden nothing is claimed
            assert wrong not in text
        slides = words(ask(Starlette(routes=routes.routes("")), "GET", f"/s/{publication.token}/deck").text)
        assert "Числа не показаны" in slides and "никто не сдал" not in slides
        assert slides.count("— ○ мало организаций") == text.count("значение не показано")  # as on the page
        assert slides.count("мало организаций значение не показано") == text.count("значение не показано")
        assert not any(marker in text for code in two_districts.SCHOOLS for marker in two_districts.markers(code))
    finally:
        running.use(None)


def test_an_older_catalogue_is_kept_with_the_figures(tmp_path, filled):
    folder = tmp_path / "data"
    shutil.copytree(filled, folder)
    store = Store.open(folder, read_catalogue(ROOT / "indicators.toml"))
    publication = publish(store)
    with store.read() as reader:
        assert reader.catalogue_text(publication.catalogue) == store.catalogue.text
    store.close()


def test_guests_have_slides_without_organisations_and_without_what_is_hidden(app, opened):
    publication = publish(opened)
    reply = ask(app, "GET", f"/s/{publication.token}/deck")
    text = words(reply.text)
    codes = re.findall(r'<section[^>]* id="([\w-]+)"', reply.text)
    assert codes == ["finding", "levels", "gap-preschool", "gap-basic", "sources", "phone"]
    assert "≈ 60 детей не хватает до плана 50 %: сейчас около 240 из 600" in text and "№ 1" in text
    assert "Предварительно. Дошкольное образование ниже плана: 40 % против 50 %" in text
    assert "Предварительно. Основное" not in text  # where all have reported
    assert "232" not in text and "около 80" in text
    sources = re.search(r'<section[^>]* id="sources".*?</section>', reply.text, re.S).group(0)
    assert "вывод точный" in words(sources) and "…" not in sources  # no answer is cut
    with opened.read() as reader:
        assert not any(o.name in text for o in reader.organisations())
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")
    saved = ask(app, "GET", f"/s/{publication.token}/deck?save=1")
    assert "attachment" in saved.headers["content-disposition"] and "url(/" not in saved.text
    with opened.write("head", based_on=None, figures=False) as writer:
        links.withdraw(writer, publication.number, at=now())
    assert ask(app, "GET", f"/s/{publication.token}/deck").status == 410


SHARES = re.compile(r"(?:Дошкольное|Начальное|Основное|Среднее)[^%]*?([\d,]+) %")


@pytest.mark.parametrize("period", thinned(["2021", "2022"], first=1))
@pytest.mark.parametrize("territory", [PLACE, PLACE.split(" / ")[0]])
def test_guests_read_the_shares_of_the_deck_in_whole_percent(app, opened, monkeypatch, period, territory):
    from proforient.access.roles import Person, Role
    from proforient.web.deck import handlers as deck

    monkeypatch.setattr(deck, "who", lambda headers: Person(login="demo-administrator", role=Role.ADMINISTRATOR))
    address = ask(app, "GET", f"/deck/new?period={period}&territory={quote(territory)}").headers["location"]
    publication = publish(opened, period=period, territory=territory)
    own, guests = (
        [row.replace(",", ".") for row in shares_of(ask(app, "GET", path).text)]
        for path in (address, f"/s/{publication.token}/deck")
    )
    with opened.read() as reader:
        totals = coverages(reader, opened.catalogue, period, territory=territory, indicator="coverage", cohort="all")
    exact = [c.share for c in totals if c.share is not None]
    assert len(exact) == len(own) == 4
    assert [Decimal(text) for text in own] == [half_up(share, 1) for share in exact]
    assert [Decimal(text) for text in guests] == [half_up(share, 0) for share in exact]


def shares_of(deck):
    """The figures of the slide of levels, one a level."""
    slide = re.search(r'<section[^>]* id="levels".*?</section>', deck, re.S).group(0)
    return SHARES.findall(words(slide))


def half_up(share, places):
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def test_the_deck_of_those_who_are_signed_in_leads_a_hall_to_the_snapshot(app, opened, monkeypatch):
    from proforient.access.roles import Person, Role
    from proforient.web.deck import handlers as deck

    monkeypatch.setattr(deck, "who", lambda headers: Person(login="demo-head", role=Role.HEAD, territory=PLACE))
    address = ask(app, "GET", "/deck/new?period=2022").headers["location"]
    before = words(ask(app, "GET", address).text)
    assert "нужен вход" in before
    publication = publish(opened)
    camera = words(ask(app, "GET", address).text)
    assert f"откройте hall.example/pf /s/{publication.token} Откроются" in camera  # not where one signs in
    with opened.write("head", based_on=None, figures=False) as writer:
        code, _ = links.new_code(writer, publication, now())
    after = ask(app, "GET", address).text
    assert (
        "без входа" in words(after)
        and links.readable_code(code) in words(after)
        and "hall.example/pf/k" in words(after)
    )
    with opened.write("head", based_on=None, figures=False) as writer:
        links.withdraw(writer, publication.number, at=now())
    assert words(ask(app, "GET", address).text) == before


def test_a_snapshot_of_which_nothing_can_be_shown_is_still_a_page(opened):
    from dataclasses import replace

    from proforient import public
    from proforient.snapshot import headline_levels
    from proforient.web.shown.deck import deck
    from proforient.web.shown.page import csv_of, page

    publication = publish(opened)
    whole = public.read(publication.body)
    with opened.read() as reader:
        exact = headline_levels(reader, opened.catalogue, "2022", territory=PLACE, cohort="all")
    few = [
        public.rounded(replace(c, numerator=3, denominator=19), persons=True, organisations=9, part=False)
        for c in exact
    ]
    hidden = tuple(public.PublicFigure(coverage=c, hidden=why, before=None) for c, why in few)
    shown_ = handlers._shown(
        running.running().open(), publication, [publication], opened.catalogue.text, ZoneInfo("Asia/Yekaterinburg"),
        invented=False,
    )  # fmt: skip
    shown_ = replace(shown_, snapshot=replace(whole, figures=hidden))
    for made in (page(shown_), page(shown_, saved=True), deck(shown_)):
        text = words(made.html)
        assert "мало детей" in text and "240" not in text and "40 %" not in text
    assert "мало детей" in csv_of(shown_).decode("utf-8-sig")


def test_a_publication_of_the_first_form_is_shown_by_its_own_rule(app, opened):
    """It stays as it was given out: its exact numbers, its rule, its printed hash."""
    import json

    text = (ROOT / "tests" / "data" / "stored" / "public-1.json").read_text("utf-8")
    publication = publish(opened)
    with opened.raw() as cursor:
        cursor.execute("UPDATE publication SET body = ?, sha256 = ?", [text, hashlib.sha256(text.encode()).hexdigest()])
    page_ = words(shown(app, publication).text)
    assert "сделан по прежнему правилу" in page_ and json.loads(text)["rule"][:60] in page_
    assert "232" in page_ and hashlib.sha256(text.encode()).hexdigest() in page_
    assert shown(app, publication, "?data=json").body.decode() == text
    assert "232" in shown(app, publication, "?data=csv").body.decode()
    assert "прежнему правилу" in words(ask(app, "GET", f"/s/{publication.token}/deck").text)
