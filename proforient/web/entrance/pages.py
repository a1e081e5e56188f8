"""The pages of the entrance: what was said wrong comes in, HTML goes out."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import HTMLResponse

from proforient.access.passwords import SHORTEST
from proforient.access.roles import ABILITIES, ROLES, Person, Role
from proforient.store.rows import AccountRow
from proforient.web.fonts import base
from proforient.web.plain import answer
from proforient.wording import capital

WRONG = "Логин или пароль не подходят. Проверьте раскладку клавиатуры и попробуйте ещё раз."
CLOSED = (
    "Отсюда вход закрыт на 15 минут: слишком много неверных попыток. Потом попробуйте снова или войдите с устройства, "
    "на котором уже входили."
)
UNLIKE = "Пароль введён дважды по-разному. Введите один и тот же пароль в оба поля."
# A field shows its letters only by script; without one the box does not appear.
REVEAL = (
    'document.querySelectorAll(".reveal").forEach((box)=>{box.hidden=false;'
    'box.querySelector("input").addEventListener("change",(event)=>{'
    'event.target.form.querySelectorAll("[autocomplete$=password]").forEach((field)=>{'
    'field.type=event.target.checked?"text":"password"})})})'
)
ADVICE = f"Не короче {SHORTEST} знаков. Проще всего запомнить три-четыре слова."


def sign_in(where: str, *, wrong: str = "", status: int = 200, provider: bool = False) -> HTMLResponse:
    """Login and password; ``where``: the page that was asked for."""
    return answer(
        status,
        "Вход",
        "",
        template="entrance/sign_in.html.j2",
        script=REVEAL,
        where=where,
        wrong=wrong,
        provider=provider,
    )


def pick(where: str, accounts: Sequence[AccountRow], names: dict[str, str], note: str) -> HTMLResponse:
    """The four accounts of the demonstration; ``names``: what each is called beside its role."""
    choices = [(account.login, names[account.login], ABILITIES[Role(account.role)]) for account in accounts]
    return answer(
        200,
        "Кем войти",
        "Это демонстрация: пароль не нужен.",
        template="entrance/pick.html.j2",
        where=where,
        accounts=choices,
        note=note,
    )


def account(person: Person, name: str, *, own_password: bool, wrong: str = "", said: str = "") -> HTMLResponse:
    """Who is signed in, with the ways out."""
    return answer(
        200,
        "Учётная запись",
        "",
        (("Вернуться в программу", f"{base()}/"),),
        template="entrance/account.html.j2",
        script=REVEAL if own_password else "",
        name=name,
        role=capital(ROLES[person.role]),
        abilities=ABILITIES[person.role],
        own_password=own_password,
        advice=ADVICE,
        wrong=wrong,
        said=said,
    )


def invitation(token: str, login: str, *, whom: str, by: str, wrong: str = "") -> HTMLResponse:
    """A password is set once; ``whom``: the organisation or the role, ``by``: the department that invites."""
    return answer(
        200,
        "Добро пожаловать",
        "Запишите логин: с ним и с паролем вы будете входить потом.",
        template="entrance/invitation.html.j2",
        script=REVEAL,
        token=token,
        login=login,
        whom=whom,
        by=by,
        advice=ADVICE,
        wrong=wrong,
    )


def used_up() -> HTMLResponse:
    text = "Ссылку уже использовали, или её срок вышел. Попросите управление прислать новую."
    return answer(410, "Эта ссылка больше не действует", text, (("Ко входу", f"{base()}/login"),))


def not_begun() -> HTMLResponse:
    """Nobody may come in yet: where the first account is made."""
    text = (
        "Первого администратора ещё нет. Тот, кто запустил программу, видит в её окне одноразовый адрес: откройте его "
        "и придумайте пароль. Из командной строки то же самое делает account add ЛОГИН --role administrator."
    )
    return answer(503, "Программа ещё не начата", text)


def beginning(token: str, login: str, *, wrong: str = "") -> HTMLResponse:
    """The first account of all."""
    return answer(
        200,
        "Первый вход",
        "Программа запущена впервые: в ней ещё никого нет.",
        template="entrance/beginning.html.j2",
        script=REVEAL,
        token=token,
        login=login,
        advice=ADVICE,
        wrong=wrong,
    )


def begun_already() -> HTMLResponse:
    text = "Администратор уже заведён, или программу с тех пор перезапустили: новый адрес напечатан при запуске."
    return answer(410, "Этот адрес больше не действует", text, (("Ко входу", f"{base()}/login"),))
