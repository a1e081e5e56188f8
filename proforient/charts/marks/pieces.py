"""Small pieces of HTML that rows and tables are made of: verdict, plan, captions; texts from outside are escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

from proforient.analysis.coverage import Coverage
from proforient.charts.sentences import (
    INVENTED,
    few_words,
    figure,
    invented,
    near_word,
    plan_figure,
    provisional_note,
    saying,
    yet,
)
from proforient.charts.sentences.standings import STANDING_GLYPHS, STANDINGS
from proforient.monitoring import ReportStanding
from proforient.palette import VERDICTS
from proforient.wording import NB, escape, typo

Html = Markup  # text that is already HTML and must not be escaped again


def html(text: str) -> Html:
    """``text`` as HTML: escaped unless it is HTML already, with its no-break spaces."""
    return text if isinstance(text, Html) else Html(typo(escape(text)))


def joined(parts: Iterable[str], between: str = "") -> Html:
    return Html(between.join(html(part) for part in parts if part))


def tag(name: str, inside: str, css: str = "", **attributes: str) -> Html:
    """An element; attribute names use ``_`` for ``-``; values are escaped."""
    named = {"class": css, **{key.rstrip("_").replace("_", "-"): value for key, value in attributes.items()}}
    written = "".join(f' {key}="{escape(value)}"' for key, value in named.items() if value)
    return Html(f"<{name}{written}>{html(inside)}</{name}>")


def glyph(sign: str) -> Html:
    """A glyph for the eye only; the word beside it says the same."""
    return tag("span", sign, "pf-g", aria_hidden="true")


def standing(one: ReportStanding, tail: str = "") -> Html:
    """«↓ на доработке 05.05.2023»: how a report stands."""
    return joined([glyph(STANDING_GLYPHS[one]), html(f"{STANDINGS[one]} {tail}".strip())], NB)


def verdict(coverage: Coverage, *, short: bool = False, detail: bool = True, unit: bool = True) -> Html:
    """«✗ **не хватает** 83 детей» in the verdict's colour."""
    said = saying(coverage, short=short, unit=unit)
    text = said.word
    if not detail and coverage.verdict == "not_met" and coverage.direction == "more" and not coverage.formula.answers:
        text = yet(coverage, VERDICTS[coverage.verdict].short if short else VERDICTS[coverage.verdict].word)
    word = tag("b", text) if said.tone != "quiet" else html(text)
    signed = joined([glyph(said.glyph), word], NB)
    return tag("span", joined([signed, said.detail if detail else ""], " "), f"pf-v pf-{said.tone.replace('_', '-')}")


def word_of(coverage: Coverage) -> Html:
    """«✗ план не достигнут»: the verdict alone, for a column of its own."""
    said = saying(coverage)
    look = VERDICTS[coverage.verdict]
    if coverage.formula.answers and coverage.organisation is not None:
        return verdict(coverage)
    if said.tone == "quiet":
        text = f"{said.word} {said.detail}".strip()
        return tag("span", joined([glyph(said.glyph), text], NB), "pf-v pf-quiet")
    word = "выше плана" if coverage.direction == "less" and said.tone == "not_met" else look.word
    word = near_word(coverage) or word
    return tag(
        "span", joined([glyph(look.glyph), tag("b", yet(coverage, word))], NB), f"pf-v pf-{said.tone.replace('_', '-')}"
    )


def plan(coverage: Coverage, before: str = "") -> Html:
    """The plan's figure, underlined with dashes where it was made up for the demonstration; «—» without a plan."""
    if coverage.plan is None:
        return Html("—") if not before else Html("")
    figures = html(plan_figure(coverage))
    if invented(coverage):
        figures = tag("span", figures, "pf-invented", title=f"План {INVENTED}")
    return joined([before, figures], " ") if before else figures


Address = Callable[[Coverage], str]  # where a figure leads: to the cells that it was computed from


def share(coverage: Coverage, address: Address | None = None) -> Html:
    """The figure in bold, a link where ``address`` gives one; «н/д» quietly."""
    shown = figure(coverage)
    if shown == "н/д":
        return tag("span", shown, "pf-share pf-quiet")
    text = tag("b", shown, "pf-share")
    return tag("a", text, "go", href=address(coverage), title="Откуда число") if address else text


def caveats(coverage: Coverage) -> Html:
    """Why not to rely on a figure too much, each in a line: «◔ сдали 5 из 6», «мало детей, …: 9 из 10»; or nothing."""
    few = few_words(coverage)
    return joined([_provisional(coverage), tag("small", few, "pf-quiet pf-line") if few else ""], " ")


def _provisional(coverage: Coverage) -> Html:
    note = provisional_note(coverage)
    if not note:
        return Html("")
    sign, _, words = note.partition(NB)
    return tag("small", joined([glyph(sign), words], NB), "pf-quiet")


def name_line(name: str, about: str) -> Html:
    """A line of a list: «**Обзор** — доли по уровням»."""
    return joined([tag("b", name), html(f" — {about}")])


def with_invented(text: str) -> Html:
    """``text`` with what is made up underlined."""
    return html(text).replace(html(INVENTED), tag("span", INVENTED, "pf-invented"))


def caption(text: str) -> Html:
    """A caption under a picture."""
    return tag("p", with_invented(text), "pf-caption")
