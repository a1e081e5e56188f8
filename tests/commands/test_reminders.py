"""Letters to whose report is awaited, by command: through a server of mail, once a day; a closed period for one."""

from __future__ import annotations

import pytest
from aiosmtpd.controller import Controller
from serving import free_port

PLACE = ("--period", "2026", "--territory", "Речной округ")


class Post:
    """To whom letters came; one office is not known."""

    def __init__(self):
        self.to = []

    async def handle_RCPT(self, server, session, envelope, address, options):  # aiosmtpd's name
        envelope.rcpt_tos.append(address)
        return "550 unknown" if address.startswith("garden") else "250 OK"

    async def handle_DATA(self, server, session, envelope):  # aiosmtpd's name
        self.to += envelope.rcpt_tos
        return "250 OK"


@pytest.fixture
def post(monkeypatch):
    box = Post()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    monkeypatch.setenv("PROFORIENT_SMTP", f"smtp+plain://127.0.0.1:{server.port}")
    monkeypatch.setenv("PROFORIENT_MAIL_FROM", "prof@edu.example.ru")
    yield box
    server.stop()


def test_letters_go_out_once_a_day_and_the_list_says_what_became_of_them(district, post, table):
    addresses = table("organisation;email\nr-school-1;school@edu.example.ru\nr-garden-1;garden@edu.example.ru\n")
    assert district("mailbox", "import", addresses).code == 0
    assert "не адрес почты" in district("mailbox", "set", "r-school-1", "a@b.ru,c@d.ru").err
    first = district("reminder", "send", *PLACE)
    assert first.code == 1 and "Отправлено писем: 1." in first.err and "сервер не принял адрес" in first.err
    again = district("reminder", "send", *PLACE)  # who was not reached is tried again, nobody else
    assert "Сегодня уже писали: 1." in again.err and post.to == ["school@edu.example.ru"]
    told = {one["organisation"]: one["delivery"] for one in district("reminder", "list", *PLACE, "--json").json()}
    assert (told["r-school-1"], told["r-garden-1"]) == ("sent", "failed")
    assert {told[code] for code in told} <= {"sent", "failed", None}
    some = district("reminder", "list", *PLACE, "--state", "incomplete", "--json")
    assert some.json() == [] and "Состояния" in district("reminder", "list", *PLACE, "--state", "late").err
    assert district("mailbox", "set", "r-garden-1", "none").code == 0
    assert [b["organisation"] for b in district("mailbox", "list", "--json").json()] == ["r-school-1"]


def test_a_closed_period_is_opened_again_for_one_organisation_with_a_reason(district, table, tmp_path):
    assert district("period", "close", "2026").code == 0
    late = ("period", "reopen", "2026", "--organisation", "r-school-1", "--closes", "2099-12-30")
    assert "Причина: поле пустое" in district(*late).err
    assert "одной организации: Школа № 1" in district(*late, "--reason", "карантин").err.replace("\u00a0", " ")
    assert [one["organisation"] for one in district("reminder", "list", *PLACE, "--json").json()] == ["r-school-1"]
    assert district("reminder", "texts", *PLACE, "--out", tmp_path / "texts.csv").code == 0
    told = (tmp_path / "texts.csv").read_text("utf-8-sig")
    assert told.count(";30 декабря 2099 года;") == 1 and "Последний день — 30 декабря 2099 года" in told
    head = "Организация;Показатель;Уровень;Категория;Значение\n"
    for name, code in (("Детский сад «Ручеёк»", 1), ("Школа № 1", 0)):
        level = "Начальное" if code == 0 else "Дошкольное"
        file = table(f"{head}{name};Всего обучающихся;{level};Все дети;120\n")
        sent = district("submit", file, "--period", "2026", "--by", "metodist", "--confirm")
        assert sent.code == code, (sent.out, sent.err)
    assert "квитанция № 2026-1." in sent.out
    assert district("period", "list", "--json").json()[0]["state"] == "closed"
