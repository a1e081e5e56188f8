"""Letters to those whose report is awaited: what goes out, to whom, once a day, and what is said of the rest."""

from __future__ import annotations

import datetime as dt
import email
import ssl
from email.policy import default
from threading import Barrier, Thread

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from page_words import words
from serving import free_port
from test_awaited import button, narrowed  # noqa: F401  # a fixture

from proforient import mailing
from proforient.access import accounts
from proforient.documents.awaited import addresses
from proforient.errors import Refused, WrongCall
from proforient.monitoring import now
from proforient.settings import MailServer, read_settings
from proforient.store import accounts as rows
from proforient.store import enrolment, reminding
from proforient.web import running
from proforient.web.session import Session

PLACE = "Челябинская область / Нязепетровский муниципальный район"
HOSTILE = "Школа\r\nBcc: everybody@example.ru\n\n.\r\nQUIT"


class Mailbox:
    """What the server was given; ``refuses``: addresses that it does not know."""

    def __init__(self):
        self.letters, self.refuses = [], set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # aiosmtpd's name
        if address in self.refuses:
            return "550 no such box"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # aiosmtpd's name
        self.letters.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content, policy=default)))
        return "250 OK"


@pytest.fixture
def mail():
    box = Mailbox()
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    box.port = server.port
    yield box
    server.stop()


def server_at(port, security="plain"):
    return MailServer(host="127.0.0.1", port=port, security=security, sender="prof@edu.ru", sender_name="Управление")


@pytest.fixture
def sending(narrowed, mail, monkeypatch, store, page):  # noqa: F811
    """«Кого ждём» over a store that is not invented, with addresses of three of those who have sent nothing."""
    monkeypatch.setattr(Session, "invented", False)
    own = replaced(running.running().settings, mail=server_at(mail.port))
    monkeypatch.setattr(Session, "settings", own)
    with store.read() as reader:
        waiting = [c for c, r in reader.reports("2023", territory=PLACE).items() if not r.state.reported][:4]
    with store.write("system", based_on=None) as writer:
        reminding.set_mailboxes(writer, {code: f"{code}@edu.ru" for code in waiting[:3]})
        known = writer.reader.organisation(waiting[0])
        enrolment.import_organisations(writer, [replaced(known, name=HOSTILE)])
    mail.refuses.add(f"{waiting[2]}@edu.ru")
    return waiting


def replaced(record, **changes):
    from dataclasses import replace

    return replace(record, **changes)


def opened_dialog(page):
    at = page("period", period="2023")
    button(at, "Кого ждём").click().run()
    assert not at.exception
    return at


def test_letters_go_out_once_a_day_and_who_was_not_reached_is_tried_again(sending, mail, page, store):
    at = opened_dialog(page)
    assert "Без адреса почты" in words(at) or "Без адреса почты" in " ".join(c.value for c in at.caption)
    button(at, "Отправить письма: 3").click().run()
    assert not at.exception
    assert sorted(to for to, _ in mail.letters) == sorted([f"{code}@edu.ru"] for code in sending[:2])
    first = next(letter for to, letter in mail.letters if to == [f"{sending[0]}@edu.ru"])
    assert set(first.keys()) == {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
        "Content-Transfer-Encoding",
    }  # fmt: skip
    assert "ждём отчёт" in first["Subject"] and "Bcc: everybody@example.ru" in first.get_content()
    said = words(at)
    assert "Отправлено писем: 2." in said and "сервер не принял адрес (ответ 550)" in said
    with store.read() as reader:
        assert {one.organisation: one.state for one in reader.reminders("2023")} == {
            sending[0]: "sent", sending[1]: "sent", sending[2]: "failed",
        }  # fmt: skip
        told = [event.detail for event in reader.events(action="reminder.ended")]
    assert len(told) == 3 and not any("@" in detail for detail in told)
    assert not [b for b in at.button if b.label.startswith("Отправить письма")]
    mail.refuses.clear()
    button(at, "Отправить ещё раз").click().run()
    assert [to for to, _ in mail.letters[2:]] == [[f"{sending[2]}@edu.ru"]]
    assert not [b for b in opened_dialog(page).button if b.label.startswith("Отправить")]


def test_two_people_do_not_write_to_one_organisation_on_one_day(sending, store):
    code, gate, refused = sending[0], Barrier(2), []

    def tries(actor):
        gate.wait()
        try:
            with store.write(actor, based_on=None) as writer:
                reminding.begin(writer, "2023", code, f"{code}@edu.ru")
        except Refused as error:
            refused.append(str(error))

    both = [Thread(target=tries, args=(actor,)) for actor in ("petrov", "sidorova")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(refused) == 1 and "сегодня ей уже писали" in refused[0]
    with store.read() as reader:
        assert [one.state for one in reader.reminders("2023")] == ["begun"], "nobody knows whether it left"


def test_without_a_server_the_page_says_why_and_keeps_the_texts(sending, page, monkeypatch):
    monkeypatch.setattr(Session, "settings", replaced(running.running().settings, mail=None))
    at = opened_dialog(page)
    assert button(at, "Отправить письма").disabled and at.code
    assert "PROFORIENT_SMTP" in " ".join(c.value for c in at.caption) + words(at)


@pytest.mark.parametrize("wrong", ["a@b", "a b@c.ru", "a@b.ru,c@d.ru", "a@b.ru\nBcc: c@d.ru", "<a@b.ru>", "a@b.ru>"])
def test_what_is_not_one_address_is_not_kept(store, wrong):
    with pytest.raises(WrongCall, match="не адрес почты"), store.write("system", based_on=None) as writer:
        reminding.set_mailboxes(writer, {"n-school-lesnaya": wrong})


def test_a_cyrillic_domain_is_written_to_and_lines_make_no_header():
    made = mailing.letter(server_at(25), "shkola@школа.рф", HOSTILE, "Текст\r\n.\r\nQUIT")
    assert made["To"] == "shkola@xn--80atdl2c.xn--p1ai" and "Bcc" not in made and "\n" not in made["Subject"]
    with pytest.raises(ValueError):
        mailing.letter(server_at(25), "a@b.ru\r\nBcc: c@d.ru", "s", "t")


def test_what_the_environment_says(tmp_path):
    told = {"PROFORIENT_DATA": str(tmp_path), "PROFORIENT_MAIL_FROM": "Управление <prof@edu.ru>"}
    found = read_settings(told | {"PROFORIENT_SMTP": "smtp://mail.edu.ru"}).mail
    assert found == MailServer(
        host="mail.edu.ru", port=587, security="starttls", sender="prof@edu.ru", sender_name="Управление"
    )
    wrong = [
        "mail.edu.ru",
        "smtp+plain://mail.edu.ru",
        "smtps://",
        "smtp://user:word@mail.edu.ru",
        "http://mail.edu.ru",
    ]
    for given in wrong:
        with pytest.raises(WrongCall, match="PROFORIENT_SMTP"):
            read_settings(told | {"PROFORIENT_SMTP": given})
    with pytest.raises(WrongCall, match="PROFORIENT_MAIL_FROM"):
        read_settings({"PROFORIENT_SMTP": "smtp://mail.edu.ru", "PROFORIENT_MAIL_FROM": "prof"})


def certificate(folder):
    from ipaddress import ip_address

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    day = dt.timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, dt.datetime.now() - day, dt.datetime.now() + day)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "server.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


def test_nothing_is_said_to_a_server_before_it_is_closed_to_others_and_known(tmp_path, monkeypatch):
    path, box, asked = certificate(tmp_path), Mailbox(), []

    def known(server, session, envelope, mechanism, data):
        asked.append((data.login, data.password))
        return AuthResult(success=data.password == b"word", handled=False)

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    server = Controller(
        box, hostname="127.0.0.1", port=free_port(), tls_context=context, require_starttls=True, auth_required=True,
        authenticator=known,
    )  # fmt: skip
    server.start()
    try:
        there = server_at(server.port, "starttls")
        login, letter = mailing.Login("prof", "word"), mailing.letter(there, "a@b.ru", "s", "t")
        with pytest.raises(Refused, match="Сертификат"), mailing.PostOffice(there, login):
            pass
        assert asked == []
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        with pytest.raises(Refused, match="логин или пароль"), mailing.PostOffice(there, login._replace(password="x")):
            pass
        with mailing.PostOffice(there, login) as office:
            assert office.post(letter) == mailing.Dispatch()
    finally:
        server.stop()
    assert len(box.letters) == 1
    with pytest.raises(Refused, match="не отвечает"), mailing.PostOffice(there, login):
        pass


def test_a_server_without_starttls_gets_nothing(mail):
    with pytest.raises(Refused, match="STARTTLS"), mailing.PostOffice(server_at(mail.port, "starttls"), None):
        pass


def test_an_account_that_has_an_address_is_written_to_there(store, page, narrowed):  # noqa: F811
    code = "n-school-lesnaya"
    with store.write("system", based_on=None) as writer:
        made = accounts.new(
            writer.reader, login="lesnaya", role="organisation", organisation=code, email="own@edu.ru", at=now()
        )
        rows.add(writer, made)
    with store.read() as reader:
        assert addresses(reader)[code] == "own@edu.ru"
    with store.write("system", based_on=None) as writer:
        reminding.set_mailboxes(writer, {code: "office@edu.ru"})
    with store.read() as reader:
        assert addresses(reader)[code] == "office@edu.ru"
