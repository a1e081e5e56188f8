"""«Организации», one of them: its shares with their formula, history, recommendations, the files behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from proforient.advice.actions import Suggested, advice_in
from proforient.advice.problems import Found, problems
from proforient.analysis.changes import Change, changes
from proforient.analysis.coverage import Coverage, coverages
from proforient.charts import marks, sentences
from proforient.monitoring import Organisation, Report, Submission, Verdict, local_day
from proforient.web import widgets
from proforient.web.cache import cached
from proforient.web.sections import past, spread
from proforient.web.session import Session, address
from proforient.wording import counted, date_ru, number

ROOM = past.Room(laptop=614, half=444, whole=930)
MOST_RECOMMENDATIONS = 6  # recommendations in the list


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationCard:
    """One organisation: every figure asked of it, those of its municipality beside, problems, files."""

    organisation: Organisation
    own: tuple[Coverage, ...]
    whole: Mapping[tuple[str, str, str], Coverage]  # of the municipality: indicator, level, cohort
    others: tuple[Coverage, ...]  # the headline's figures of everybody in the municipality
    found: tuple[Found, ...]
    suggested: tuple[Suggested, ...]  # to this kind of organisation for the problems it has
    submissions: tuple[Submission, ...]
    report: Report | None
    before: Mapping[tuple[str, str, str], Change]  # each of its figures beside the same of the period before


@cached("territory", "period", "cohort")
def read_sheet(here: Session, organisation: Organisation) -> OrganisationCard:
    view, reader, catalogue = here.view, here.reader, here.catalogue
    assert view.period is not None
    own = coverages(
        reader, catalogue, view.period, territory=organisation.territory, organisation=organisation.code,
        by="organisation", cohort=view.cohort,
    )  # fmt: skip
    whole = coverages(reader, catalogue, view.period, territory=organisation.territory, cohort=view.cohort)
    headline = catalogue.headline.code if catalogue.headline else ""
    others = coverages(
        reader, catalogue, view.period, territory=organisation.territory, by="organisation", indicator=headline,
        cohort=view.cohort,
    )  # fmt: skip
    found = tuple(problems(reader, catalogue, view.period, organisation=organisation.code))
    return OrganisationCard(
        organisation=organisation,
        own=tuple(c for c in own if c.verdict is not Verdict.NOT_ASKED),
        whole={(c.indicator, c.level, c.cohort): c for c in whole},
        others=tuple(others),
        found=found,
        suggested=_suggested(here, organisation, found),
        submissions=tuple(reader.submissions(period=view.period, organisation=organisation.code)),
        report=reader.reports(view.period, territory=organisation.territory).get(organisation.code),
        before={(c.current.indicator, c.current.level, c.current.cohort): c for c in changes(reader, catalogue, own)},
    )


def headline_of(here: Session, sheet: OrganisationCard) -> tuple[Coverage, ...]:
    """The organisation's levels of the catalogue's headline indicator."""
    headline = here.catalogue.headline
    return tuple(c for c in sheet.own if headline is not None and c.indicator == headline.code)


def shares_table(here: Session, sheet: OrganisationCard) -> None:
    """Each share with its formula and numbers put in, beside the municipality's; what one child is worth."""
    shares = [c for c in sheet.own if c.formula.apart]
    if not shares:
        return
    given = [c for c in shares if c.submitted]
    head: list[str | marks.TableColumn] = [
        "Показатель", marks.TableColumn("Доля и план", wide_only=True), marks.TableColumn("Расчёт", figures=True),
        marks.TableColumn("Было", figures=True), marks.TableColumn("План района", figures=True), "Вердикт",
        marks.TableColumn("Доля района", figures=True),
        marks.TableColumn("Один — это", figures=True),
    ]  # fmt: skip
    rows = [_share_row(here, sheet, c) for c in given]
    if rows:
        widgets.show_html(marks.table(head, rows, "Доли и планы"))
        widgets.invented_note(given)
    silent = len(shares) - len(given)
    if silent:
        widgets.caption(
            f"{'Ещё по' if given else 'По'} {counted(silent, 'indicators', 'dat')} чисел от организации нет."
        )


def _share_row(here: Session, sheet: OrganisationCard, c: Coverage) -> list[str]:
    indicator, level = here.catalogue.indicators[c.indicator], here.catalogue.levels[c.level]
    whole = sheet.whole.get((c.indicator, c.level, c.cohort))
    if here.person.organisation and whole is not None and whole.submitted - 1 < spread.FEWEST:
        whole = None
    where = address(indicator=c.indicator, level=c.level, trace=True) + "#source"
    return [
        marks.joined(
            [
                marks.tag("b", indicator.short or indicator.name),
                marks.tag("small", sentences.level_label(level), "pf-quiet pf-line"),
            ]
        ),
        marks.bullet(c),
        marks.tag("a", sentences.formula(c), "go", href=where, title="Откуда число"),
        _before(sheet, c),
        marks.plan(c),
        marks.joined(
            [marks.verdict(c, short=True), marks.tag("small", sentences.few_brief(c), "pf-quiet pf-line")], " "
        ),
        marks.html(sentences.figure(whole)) if whole else "—",
        marks.html(sentences.one_is_worth(c)),
    ]


def _before(sheet: OrganisationCard, c: Coverage) -> str:
    """The figure of the period with which this one is compared, and how far it has moved."""
    change = sheet.before.get((c.indicator, c.level, c.cohort))
    if change is None or change.previous is None or change.previous.measure is None:
        return "—"
    moved = sentences.signed_change(change.points, c.formula) if change.points is not None else ""
    small = marks.tag("small", moved, "pf-quiet pf-line") if moved else ""
    return marks.joined([marks.html(sentences.figure(change.previous)), small])


def answers_table(here: Session, sheet: OrganisationCard) -> None:
    """The yes/no answers and single numbers that the organisation gave."""
    given = [c for c in sheet.own if (c.formula.answers or c.formula.plain) and c.value is not None]
    if not given:
        return
    rows = []
    for c in given:
        indicator = here.catalogue.indicators[c.indicator]
        figure = sentences.figure(c)
        rows.append(
            [
                indicator.short or indicator.name,
                marks.tag(
                    "a",
                    figure,
                    "go",
                    href=address(indicator=c.indicator, level=c.level, trace=True) + "#source",
                    title="Откуда число",
                ),
            ]
        )
    widgets.show_html(marks.table(["Вопрос или число", marks.TableColumn("Ответ", figures=True)], rows, "Ответы"))


def chart_level(here: Session) -> str | None:
    """The level by which one comes here from «Обзор»; None where the view stands at another."""
    return here.view.level if here.view.level in here.choices.downs else None


def periods_of(here: Session, sheet: OrganisationCard) -> tuple[Coverage, ...]:
    """The chosen level of the chosen indicator over periods; none of a question that is answered by «да» or «нет»."""
    view = here.view
    chosen = next((c for c in sheet.own if (c.indicator, c.level) == (view.indicator, view.level)), None)
    chosen = chosen or next(iter(headline_of(here, sheet)), None)
    if chosen is None or chosen.formula.answers:
        return ()
    place = sheet.organisation.territory, sheet.organisation.code
    return past.past(here, chosen.indicator, chosen.level, chosen.cohort, chosen.period, *place)


def history(here: Session, periods: Sequence[Coverage]) -> None:
    """The figures of ``periods_of`` beside the municipality's plan."""
    if not periods:
        return
    subject = sentences.level_label(here.catalogue.levels[periods[-1].level])
    title = sentences.periods_title(periods, subject=subject)
    widgets.chart_title(title)
    if len(periods) > 1:
        past.draw(here, "history", periods, title, ROOM)


def _suggested(here: Session, organisation: Organisation, problems: Sequence[Found]) -> tuple[Suggested, ...]:
    """What is suggested to this kind of organisation for the problems it has, each once."""
    kind = here.catalogue.organisation_kinds.get(organisation.kind)
    assert here.view.period is not None
    advice = advice_in(here.reader, here.view.period, organisation.territory)
    every = {a.code: a for found in problems for a in advice.answers_to(found)}
    return tuple(a for a in every.values() if kind is None or a.addressee == kind.addressee)


def recommendations(here: Session, sheet: OrganisationCard) -> None:
    """What is suggested to the organisation."""
    widgets.chart_title("Рекомендации организации")
    if not sheet.suggested:
        known = any(c.submitted for c in sheet.own)
        if any(found.unreliable for found in sheet.found):
            widgets.caption(sentences.NO_GROUND)
            return
        nothing = "По сданным числам руководителю организации ничего не рекомендуют."
        widgets.caption(
            nothing if known else "Организация ещё ничего не сдала: что ей рекомендовать, пока не известно."
        )
        return
    items = [
        marks.tag("li", marks.joined([a.text, marks.tag("small", a.source_text, "pf-quiet")], " "))
        for a in sheet.suggested[:MOST_RECOMMENDATIONS]
    ]
    widgets.show_html(marks.tag("ol", marks.joined(items), "pf-list"))


def files(here: Session, sheet: OrganisationCard) -> None:
    """The files that the organisation's figures were taken from, newest first."""
    if not sheet.submissions:
        widgets.caption("За этот период организация ещё не сдала ни одного файла.")
        return
    rows = []
    for place, sent in enumerate(sheet.submissions):
        state = "отозван" if sent.withdrawn else "действует" if place == 0 else "сдан раньше, числа могли быть заменены"
        day = date_ru(local_day(sent.at, here.zone), "digits")
        receipt = widgets.link_html(sent.file, page="receipts", item=sent.id)
        rows.append([receipt, f"{day}, {sent.by}", state + (", с опозданием" if sent.late else ""),
                     number(sent.values)])  # fmt: skip
    head: list[str | marks.TableColumn] = ["Файл", "Сдан", "Состояние", marks.TableColumn("Числа", figures=True)]
    widgets.show_html(marks.table(head, rows, "Файлы, из которых взяты числа"))
