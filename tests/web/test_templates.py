"""Whole pages are made of templates: what comes from outside is text in them, and nothing is left out unseen."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from jinja2 import TemplateSyntaxError, UndefinedError
from stored_texts import MADE

from proforient.access.roles import Person, Role
from proforient.errors import WrongCall
from proforient.settings import ROOT
from proforient.store.rows import AccountRow
from proforient.web import failures, plain
from proforient.web.entrance import pages
from proforient.web.templates import ENVIRONMENT, render

HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}\u202e'
CLEAN = HOSTILE.replace("\u202e", "")
WEB = ROOT / "proforient" / "web"
TEMPLATES = sorted(path.relative_to(WEB).as_posix() for path in WEB.rglob("*.j2"))


class Seen(HTMLParser):
    """The elements, the values of attributes and the texts of a page."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.values, self.texts = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.values += [value for _, value in attrs]

    def handle_data(self, data):
        self.texts.append(data)


def account(role):
    return AccountRow(
        login=HOSTILE, role=role, territory="", organisation=None, email="", password="", version=1, active=True,
        made_at=MADE,
    )  # fmt: skip


ANSWERS = {
    "sign-in": lambda: pages.sign_in(HOSTILE, wrong=HOSTILE, provider=True),
    "pick": lambda: pages.pick(HOSTILE, [account(Role.HEAD)], {HOSTILE: HOSTILE}, HOSTILE),
    "account": lambda: pages.account(
        Person(login=HOSTILE, role=Role.HEAD), HOSTILE, own_password=True, wrong=HOSTILE, said=HOSTILE
    ),
    "invitation": lambda: pages.invitation("token", HOSTILE, whom=HOSTILE, by=HOSTILE, wrong=HOSTILE),
    "error": lambda: plain.answer(404, HOSTILE, HOSTILE, ((HOSTILE, HOSTILE),)),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_hostile_words_are_words_and_the_policy_is_of_this_very_page(name):
    answer = ANSWERS[name]()
    page = answer.body.decode()
    seen = Seen(page)
    assert "img" not in seen.elements and seen.elements.count("script") == ("script-src" in policy_of(answer))
    assert CLEAN in (*seen.values, *seen.texts) and "\u202e" not in page
    for element in ("style", "script"):
        for text in re.findall(rf"<{element}>(.*?)</{element}>", page, re.DOTALL):
            assert f"{element}-src 'sha256-{digest(text)}'" in policy_of(answer)


def policy_of(answer):
    return answer.headers["content-security-policy"]


def digest(text):
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_what_went_wrong_is_said_without_letting_its_words_act(monkeypatch):
    said = []
    monkeypatch.setattr(failures.st, "html", said.append)
    failures.on_script_error(WrongCall(HOSTILE))
    said.append(failures.page(HOSTILE, HOSTILE, HOSTILE, [HOSTILE]))
    for page in said:
        seen = Seen(page)
        assert not {"script", "img"} & set(seen.elements) and CLEAN in "".join(seen.texts)


def test_a_value_that_nobody_gave_is_an_error_not_a_gap():
    with pytest.raises(UndefinedError, match="heading"):
        render("failure.html.j2")


@pytest.mark.parametrize(
    ("template", "values", "says"),
    [
        ("<p>из 5 школ</p>", {}, "<p>из\u00a05\u00a0школ</p>"),
        ("<p>{{ a }}</p>", {"a": "из 5 школ & <b>"}, "<p>из\u00a05\u00a0школ &amp; &lt;b&gt;</p>"),
        ('<a title="{{ a }}">в 5</a>', {"a": 'из 5 "школ"\u202e'}, '<a title="из 5 &#34;школ&#34;">в\u00a05</a>'),
        ("<p>\n  одно\n  слово\n  <b>{{ a }}</b>\n</p>\n", {"a": 7}, "<p>одно слово<b>7</b></p>"),
        ("{% for x in a %}\n  <i>{{ x if x else 'нет' }}</i>\n{% endfor %}", {"a": ["", "z"]}, "<i>нет</i><i>z</i>"),
    ],
)
def test_texts_get_their_spaces_and_values_in_tags_stay_as_they_are(template, values, says):
    assert ENVIRONMENT.from_string(template).render(values) == says


def test_every_template_is_sound_escapes_everything_and_is_used():
    sources = {path: path.read_text("utf-8") for path in (*WEB.rglob("*.py"), *WEB.rglob("*.j2"))}
    assert len(TEMPLATES) > 10
    for name in TEMPLATES:
        text = sources[WEB / name]
        try:
            ENVIRONMENT.get_template(name)
        except TemplateSyntaxError as error:
            pytest.fail(f"{name}: {error}")
        assert not re.search(r"\|\s*safe\b|autoescape", text), name
        assert any(f'"{name}"' in source for path, source in sources.items() if path != WEB / name), name
