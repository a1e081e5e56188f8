"""The pages of the entrance: what was said wrong comes in, HTML goes out."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from starlette.responses import HTMLResponse

from proforient.access.passwords import SHORTEST
from proforient.access.roles import ABILITIES, ROLES, Person, Role
from proforient.charts.marks import Html, joined, tag
from proforient.store.rows import AccountRow
from proforient.web.fonts import base
from proforient.web.plain import alert, answer, entry, form, hidden
from proforient.wording import capital

WRONG = "Логин или пароль не подходят. Проверьте раскладку клавиатуры и попробуйте ещё раз."
CLOSED = (
    "Отсюда вход закрыт на 15 минут: слишком много неверных попыток. Потом попробуйте снова или войдите с устройства, "
    "на котором уже входили."
)
FORGOTTEN = "Забыли пароль? Администратор управления образования даст новую ссылку для входа."
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
    fields = form(
        f"{base()}/login",
        [
            hidden("next", where),
            entry("login", "Логин или электронная почта", complete="username", wrong=bool(wrong)),
            entry("password", "Пароль", kind="password", complete="current-password", wrong=bool(wrong)),
            reveal("Показать пароль"),
            tag("button", "Войти"),
        ],
    )
    more = [alert(wrong) if wrong else "", fields]
    if provider:
        away = f"{base()}/login/provider?next={quote(where)}"
        # A link, not a form: browsers refuse to follow a form's redirect to another site.
        more.append(tag("a", "Войти через провайдера", "button second", href=away))
    return answer(status, "Вход", "", more=[*more, tag("p", FORGOTTEN, "quiet")], script=REVEAL)


def reveal(words: str) -> Html:
    """A box that shows the letters of the form's passwords."""
    return Html(f'<label class="reveal" hidden><input type="checkbox"> {words}</label>')


def _twice(label: str, wrong: bool) -> list[str]:
    """A new password, typed twice."""
    return [
        entry("password", label, kind="password", complete="new-password", wrong=wrong),
        entry("again", "Тот же пароль ещё раз", kind="password", complete="new-password", wrong=wrong),
        reveal("Показать пароль"),
        tag("p", ADVICE, "quiet"),
    ]


def pick(where: str, accounts: Sequence[AccountRow], names: dict[str, str], note: str) -> HTMLResponse:
    """The four accounts of the demonstration; ``names``: what each is called beside its role."""
    buttons = []
    for account in accounts:
        role = Role(account.role)
        said = joined([names[account.login], tag("small", ABILITIES[role])])
        buttons.append(f'<button name="account" value="{account.login}">{said}</button>')
    fields = form(f"{base()}/login/demo", [hidden("next", where), Html("".join(buttons))], "pick")
    more = [fields, tag("p", note, "quiet")]
    return answer(200, "Кем войти", "Это демонстрация: пароль не нужен.", more=more)


def account(person: Person, name: str, *, own_password: bool, wrong: str = "", said: str = "") -> HTMLResponse:
    """Who is signed in, with the ways out."""
    facts = tag(
        "dl",
        joined(
            [
                tag("dt", "Вы вошли как"),
                tag("dd", name),
                tag("dt", "Роль"),
                tag("dd", capital(ROLES[person.role])),
                tag("dt", "Что можно"),
                tag("dd", ABILITIES[person.role]),
            ]
        ),
    )
    more: list[str] = [facts, form(f"{base()}/logout", [tag("button", "Выйти")])]
    if own_password:
        everywhere = [hidden("everywhere", "1"), tag("button", "Выйти на всех устройствах", "second")]
        more.append(form(f"{base()}/logout", everywhere))
        more.append(tag("h2", "Сменить пароль"))
        if wrong or said:
            more.append(alert(wrong or said))
        more.append(
            form(
                f"{base()}/account",
                [
                    entry("old", "Нынешний пароль", kind="password", complete="current-password", wrong=bool(wrong)),
                    *_twice("Новый пароль", bool(wrong)),
                    tag("button", "Сменить пароль", "second"),
                ],
            )
        )
    back = (("Вернуться в программу", f"{base()}/"),)
    return answer(200, "Учётная запись", "", back, more=more, script=REVEAL if own_password else "")


def invitation(token: str, login: str, *, whom: str, by: str, wrong: str = "") -> HTMLResponse:
    """A password is set once; ``whom``: the organisation or the role, ``by``: the department that invites."""
    fields = form(
        f"{base()}/invitation/{token}",
        [
            Html(f'<input type="hidden" name="username" autocomplete="username" value="{login}">'),
            *_twice("Придумайте пароль", bool(wrong)),
            tag("button", "Сохранить и войти"),
        ],
    )
    facts = [
        *(tag("dt", "Кого приглашают"), tag("dd", whom)),
        *(tag("dt", "Кто приглашает"), tag("dd", by)),
        *(tag("dt", "Ваш логин"), tag("dd", login)),
    ]
    text = "Запишите логин: с ним и с паролем вы будете входить потом."
    more = [tag("dl", joined(facts)), alert(wrong) if wrong else "", fields]
    return answer(200, "Добро пожаловать", text, more=more, script=REVEAL)


def used_up() -> HTMLResponse:
    text = "Ссылку уже использовали, или её срок вышел. Попросите управление прислать новую."
    return answer(410, "Эта ссылка больше не действует", text, (("Ко входу", f"{base()}/login"),))
