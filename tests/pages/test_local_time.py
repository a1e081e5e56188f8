"""One instant, two territories: in one it is still the last day, in the other it is over."""

from __future__ import annotations

import datetime as dt
import re

from page_words import words

from proforient.demo.districts import GORNY, NYAZEPETROVSK
from proforient.store import campaign
from proforient.store.verify import verify
from proforient.web import clock

LAST = dt.date(2031, 5, 20)
INSTANT = dt.datetime(2031, 5, 20, 16, 30)  # 21:30 in Yekaterinburg, 01:30 of the next day in Chita


def test_the_last_day_ends_by_the_clocks_of_the_territory(page, store, monkeypatch):
    with store.write("test", based_on=None) as writer:
        for place in (NYAZEPETROVSK, GORNY):
            campaign.open_period(writer, "2030", closes=LAST, territory=place)
    monkeypatch.setattr(clock, "now", lambda: INSTANT)
    west = words(page("upload", territory=NYAZEPETROVSK, period="2030")).replace("\u00a0", " ")
    east = words(page("upload", territory=GORNY, period="2030")).replace("\u00a0", " ")
    assert "Сегодня последний день: он кончится в полночь по местному времени (UTC+5)." in west
    assert "Последний день приёма был 20.05.2031 по местному времени (UTC+9)." in east
    for place, offset, said in ((NYAZEPETROVSK, "UTC+5", "последний день приёма 20"), (GORNY, "UTC+9", "срок прошёл")):
        told = words(page("period", territory=place, period="2030")).replace("\u00a0", " ")
        assert f"сроки — по местному времени ({offset})" in told and said in told
        log = words(page("log", territory=place)).replace("\u00a0", " ")
        assert f"Когда ({offset})" in log


def test_the_log_of_the_demonstration_stands_in_the_order_of_time(page):
    """What is told of an earlier day stands at that day, not where it was written."""
    shown = " ".join(e.proto.body for e in page("log").get("html"))
    told = [dt.datetime.strptime(at, "%d.%m.%Y, %H:%M") for at in re.findall(r"\d\d\.\d\d\.\d{4}, \d\d:\d\d", shown)]
    assert len(told) > 20 and told == sorted(told, reverse=True)


def test_the_department_sets_it_on_the_page_of_the_period(page, store):
    at = page("period", territory=GORNY, period="2022")
    at.button(key="period-zone").click().run()
    at.selectbox(key=f"period-zone-{GORNY}").set_value("Asia/Vladivostok").run()
    at.button(key="period-zone-do").click().run()
    with store.read() as reader:
        assert reader.zone(GORNY).key == "Asia/Vladivostok" and reader.zone(NYAZEPETROVSK).key == "Asia/Yekaterinburg"
    assert "log-disagrees" not in [damage.code for damage in verify(store)]
