"""The slides as one HTML file with its style, script and policy; saved, it carries its fonts too."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from proforient.charts.marks import Html, caption, css, html, joined, tag
from proforient.web.deck import measure
from proforient.web.deck.slides import Slide, Story, slides
from proforient.web.fonts import faces

HERE = Path(__file__).parent

KEYS = (
    "→, пробел, Page Down — дальше · ←, Page Up — назад · 1–9 — к слайду · F — во весь экран · "
    "B — погасить экран · Esc — этот список"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A whole HTML file and the policy that its style and script need."""

    html: str
    policy: str


def page(story: Story, *, base: str, saved: bool = False, found: Sequence[Slide] | None = None) -> Page:
    """``base`` is the path below which the program is served; ``saved``: with the fonts inside.

    ``found``: the slides, where they are not those of a whole snapshot.
    """
    found = slides(story) if found is None else found
    sections = joined(_section(n, slide, found, story) for n, slide in enumerate(found))
    body = joined([tag("main", sections, tabindex="-1"), _dialog(found, story), _open()])
    style = "\n".join((faces(base, saved=saved), css(body), (HERE / "deck.css").read_text("utf-8")))
    script = (HERE / "deck.js").read_text("utf-8")
    policy = _policy(style, script, "data:" if saved else "'self'")
    head = joined(
        [
            Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
            Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">') if saved else "",
            Html('<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">'),
            Html('<meta name="color-scheme" content="only light"><link rel="icon" href="data:,">'),
            tag("title", f"{found[0].title} · {story.scope}"),
            Html(f"<style>{style}</style>"),
        ]
    )
    whole = f"<head>{head}</head><body>{body}<script>{script}</script></body>"
    text = f'<!doctype html><html lang="ru" data-pf-theme="light">{whole}</html>'
    return Page(text, policy)


def _section(n: int, slide: Slide, every: Sequence[Slide], story: Story) -> Html:
    """One slide; the links at its foot turn the slides even without the script."""
    before, after = every[max(0, n - 1)].code, every[min(len(every) - 1, n + 1)].code
    turn = joined(
        [
            tag("a", "‹", href=f"#{before}", aria_label="Назад"),
            tag("span", f"{n + 1} из {len(every)}", "place"),
            tag("a", "›", href=f"#{after}", aria_label="Дальше"),
        ]
    )
    where = tag("p", f"{story.scope} · на {story.moment}", "foot-scope")
    source = Html(caption(slide.source).replace(' class="pf-caption"', "")) if slide.source else ""
    foot = tag("footer", joined([tag("div", joined([source, where])), tag("nav", turn, "turn", aria_label="Слайды")]))
    look, _ = measure.title(slide.title, slide.height, slide.source, first=n == 0)
    title = tag("h1" if n == 0 else "h2", slide.title, look)
    css_class = "last" if n == len(every) - 1 else ""
    inside = joined([title, tag("div", slide.body, "slide"), foot])
    return tag("section", inside, css_class, id=slide.code, aria_label=slide.title)


def _dialog(found: Sequence[Slide], story: Story) -> Html:
    """The list of slides: what to show and in which order; opened at the start and by Esc."""
    items = joined(_choice(slide) for slide in found)
    as_of = tag("p", f"{story.scope}. Числа — на {story.moment}; позже они здесь не меняются.")
    copy = tag("p", "Это сохранённая копия: действуют ли числа ещё, видно в программе.", "saved")
    no_code = tag("p", story.no_code, "keys") if story.no_code else ""
    buttons = [
        tag("button", "Начать доклад", "first", type="button"),
        tag("button", "Во весь экран", "whole", type="button"),
        tag("button", "Напечатать", "print", type="button"),
        tag("a", "Сохранить файлом", "button served", href="?save=1", download=story.file),
        tag("a", "Закрыть доклад", "button served", href=story.live),
    ]
    inside = [
        tag("h2", "Слайды доклада", id="slides"),
        as_of,
        copy,
        tag("div", joined(buttons), "buttons"),
        tag("ol", items, "choice"),
        tag("p", KEYS, "keys"),
        no_code,
    ]
    return tag("dialog", joined(inside), aria_labelledby="slides")


def _choice(slide: Slide) -> Html:
    tick = f'<input type="checkbox" checked aria-label="{html("Показывать")}: {html(slide.title)}">'
    parts = [
        tag("label", Html(tick)),
        tag("a", slide.title, href=f"#{slide.code}"),
        tag("button", "↑", "up", type="button", aria_label=f"Выше: {slide.title}"),
        tag("button", "↓", "down", type="button", aria_label=f"Ниже: {slide.title}"),
    ]
    return tag("li", joined(parts), data_code=slide.code)


def _open() -> Html:
    return tag("button", "Слайды", "open", type="button")


def _policy(style: str, script: str, fonts: str) -> str:
    """Nothing but this very style and script, our fonts, and pictures that stand in the style."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src {_hash(style)}",
            f"script-src {_hash(script)}",
            f"font-src {fonts}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            *(() if fonts == "data:" else ("frame-ancestors 'none'",)),  # a <meta> may not say this one
        )
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
