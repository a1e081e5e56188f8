"""Words around a table -> what they say of its figures: period, plan, unit, level, category, organisation, place.

In: a text and what the figures under it were understood to be. Out: what of the text contradicts that. Words that say
nothing of the kind, or the same, are silent. Every expression is linear: texts are cut and repeats are bounded.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from proforient.catalogue.entries import Catalogue
from proforient.catalogue.name_keys import normalise
from proforient.intake.numbers import squeeze
from proforient.intake.periods import read_period
from proforient.intake.resolve import Resolver
from proforient.monitoring import Organisation, Period

LONGEST = 400  # characters of a text that are looked at
_NEAR = dt.timedelta(days=31)  # a day so near to a period's end still speaks of the period

_PLAN = re.compile(
    r"\bплан(?: на\b| ?$| ?[:;,/])|\bплан[ау]? (?:на )?(?:19|20)\d\d|\bпланов(?:ы[ейхм]|ого|ой|ая|ое)\b"
    r"|\bпланиру|\bзапланирован|\bпрогноз|\bоценка (?:на )?(?:19|20)\d\d"
    r"|\bцелев(?:ы[ехм]|ое|ой|ая) (?:знач|показ|ориент)|\bожидаем"
    r"|\bобразец\b|\bпример заполнения"
)
_UNIT = re.compile(
    r"\bтыс(?:яч[аиу]?(?:х|м)?)?\b|\bмлн\b|\bмиллион|\bсот(?:ни|нях|ен)\b|\bдесятк(?:и|ов|ах)\b|\bдес\b\.? ?чел"
)
# «Следует читать 62 вместо 60», «исправлено: 62»; a day is none («исправлено 12.05.2024»).
_CORRECTED = re.compile(
    r"\b(?:читать|исправлено|исправить|вместо|верно|верное число|правильно)\b ?[:—–-]? ?(?:на )?\d{1,9}\b(?![./-]\d)"
)
_SHARE = re.compile(r"%|\bпроцент|\bв долях\b|\bпромилле\b|‰")
_IN_SHARES = re.compile(r"\bв (?:%|процент|долях)")
_COUNTS = re.compile(r"\bчел\b|\bчеловек|\bчисл|\bколич")
_GROUPS = re.compile(
    r"\bовз\b|\bинвалид|\bограниченн\w{2,3} возможност|\bсирот|\bопекаем|\bдевоч|\bдевуш|\bмальчик|\bюнош|\bмигрант"
    r"|\bодаренн|\bгрупп[аы] риска|\bмалообеспеч|\bмалоимущ|\bмногодетн|\bслабовидящ|\bслабослыш|\bзпр\b|\bтнр\b"
    r"|\bособыми образовательными|\bкоррекционн\w{2,3} класс|\bадаптированн|\bнадомн|\bна дому\b|\bиностран"
)
_GRADES = re.compile(r"\b(\d{1,2}) ?(?:[-–—]|и) ?(\d{1,2})(?: ?-?х)? ?кл")
_TELLING = re.compile("образован|класс")  # a level's shorter names may mean an organisation, or nothing
_PAST = re.compile(r"\b(?:прошл|предыдущ|прошедш|истекш|будущ|следующ)\w{2,3} (?:учебн\w{2,3} )?(?:год|период|полугод)")
_SPAN = re.compile(r"\b((?:19|20)\d\d) ?[/–—-] ?((?:19|20)?\d\d)\b(?![-.]\d)")
_DAY = re.compile(
    r"(\bна )?(\bот )?\b(\d{1,2})(?:\.(\d{1,2})(?:\.((?:19|20)\d\d|\d\d)\b)?"
    r"| (января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря)(?: ((?:19|20)\d\d))?)"
)
_MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября")
_PART = re.compile(
    r"\b(?:[1-4]|i{1,3}|iv|перв\w{2,3}|втор\w{2,3}|трет\w{2,3}|четверт\w{2,3})(?:-?(?:й|е|ый|ое|ая|я|го))? "
    r"(?:квартал|четверт|триместр)|\b[1-4] ?кв\b|\b\d{1,2} мес(?:яц|\b)"
    r"|(?<![-–—] )\b(?:февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь) (?:19|20)\d\d\b"
    r"|\bза (?:январь|февраль|март|апрель|май|июнь|июль|август|сентябрь|октябрь|ноябрь|декабрь)\b"
)
_HALF = re.compile(r"\b(1|2|i|ii|перв\w{2,3}|втор\w{2,3})(?:-?(?:е|ое|го))? полугоди")
_YEAR = re.compile(
    r"(\b(?:за|на) )?(\b(?:до|от|с|№) ?)?(?<![\d.,/-])\b((?:19|20)\d\d)\b(?![\d/]|-\d|[.,]\d| ?(?:чел|обуч|дет|шт|ед))"
)
_REFERENCE = re.compile(
    r"\b(?:приказ|письм|постановлен|распоряжен|протокол|решени|закон|указ|положени|фгос|концепци|стратеги|программ)"
)
_KINDS = (
    "(?:школ|гимнази|лице|сош|оош|нош|сад|детсад|интернат|колледж|техникум|цдт|ддт|дюсш|центр"
    "|мбоу|маоу|мкоу|мбдоу|мадоу)"
)
_ENDINGS = "(?:а|ы|е|у|ой|ом|я|и|ю|ей|ем|й)?"
_NUMBERED = re.compile(rf"\b{_KINDS}{_ENDINGS} ?(?:№|n|no)? ?(\d{{1,3}})\b(?! ?(?:-|–|кл|век|%|год))")
_QUOTED = re.compile(rf"\b{_KINDS}{_ENDINGS}(?: [а-я]{{1,20}})? ?[«\"„“]([^»\"“”«„]{{2,60}})[»\"“”]")
_PROJECTS = re.compile("точк[аи] роста|кванториум|профессионалитет|билет в будущее|россия|профминимум|шаг")
_PLACE = re.compile(
    r"\b([А-ЯЁ][А-Яа-яёЁ-]{2,30}(?:ск|цк)[а-яё]{2,3}) (?:[а-яё]{4,15} )?(?:район|округ|област|кра[йяею]|сельсовет)"
    r"|\b[Рр]еспублик[а-я]{1,2} ([А-ЯЁ][а-яё]{2,20})"
)


class Contradiction(NamedTuple):
    """What a text says against the figures, in Russian; ``words`` are its own."""

    words: str
    against: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the figures under a text were understood to be."""

    organisations: frozenset[str]
    levels: frozenset[str]
    cohorts: frozenset[str]
    asked_cohort: bool  # the table itself says the category of each figure
    shares: bool  # the table has columns of shares, so that per cent may be spoken of
    pairs: bool  # it has pairs of numbers, of which a share is made


class Claims:
    """Reads texts against one period and one register."""

    def __init__(self, names: Resolver, organisations: dict[str, Organisation], period: Period | None) -> None:
        self._names = names
        self._catalogue: Catalogue = names.catalogue
        self._organisations = organisations
        self._period = period
        self._levels = {
            code: [_stems(text) for text in (level.name, *level.aliases) if _TELLING.search(text.lower())]
            for code, level in self._catalogue.levels.items()
        }

    def against(self, text: str, figures: Figures, *, footnote: bool = False) -> Iterator[Contradiction]:
        """Everything in the text that contradicts these figures."""
        shown = squeeze(text)[:LONGEST]
        low = shown.lower().replace("ё", "е")
        yield from self._of_period(shown, low, footnote=footnote)
        if found := _PLAN.search(low):
            yield Contradiction(shown[found.start() : found.end()], "загружают сданные числа, а не план и не образец")
        if found := _CORRECTED.search(low):
            yield Contradiction(shown[found.start() : found.end()], "загружают числа, которые стоят в самой таблице")
        yield from self.of_unit(text, figures)
        yield from self._of_cohort(shown, low, figures)
        yield from self._of_level(shown, low, figures)
        yield from self._of_organisation(shown, low, figures)

    def of_unit(self, text: str, figures: Figures) -> Iterator[Contradiction]:
        """Units in the text that are not those of counts."""
        shown = squeeze(text)[:LONGEST]
        low = _low(shown)
        if found := _UNIT.search(low):
            yield Contradiction(shown[found.start() : found.end()], "загружают целые числа, а не тысячи и не десятки")
        share = _SHARE.search(low)
        spoken = figures.shares or (figures.pairs and not _IN_SHARES.search(low)) or _COUNTS.search(low)
        if share and not spoken:
            yield Contradiction(shown[share.start() : share.end()], "загружают числа, а не проценты")

    def recognised(self, text: str) -> bool:
        """Whether the text says anything of period, level, category or organisation, or is a name of the catalogue."""
        low = squeeze(text)[:LONGEST].lower().replace("ё", "е")
        lookup = self._names.lookup
        named = lookup.levels(text) or lookup.cohorts(text) or lookup.counts(text) or lookup.indicators(text)
        groups = {normalise(group.name) for group in self._catalogue.groups.values()}
        return bool(
            named
            or self._names.organisation(text)
            or normalise(text) in groups
            or _GRADES.search(low)
            or _GROUPS.search(low)
            or list(self._claimed(low))
            or _YEAR.search(low)
            or _NUMBERED.search(low)
            or _QUOTED.search(low)
        )

    def _of_period(self, shown: str, low: str, *, footnote: bool) -> Iterator[Contradiction]:
        period = self._period
        if period is None or read_period(shown) == period.code:
            return
        against = f"файл загружают за {period.code}"
        for pattern in (_PAST, _PART):
            if found := pattern.search(low):
                yield Contradiction(shown[found.start() : found.end()], against)
        for found in _HALF.finditer(low):
            half = "1" if found[1] in ("1", "i") or found[1].startswith("перв") else "2"
            if period.kind != "half_year" or not period.code.endswith(f"-{half}"):
                yield Contradiction(shown[found.start() : found.end()], against)
        rest = low
        for found in _SPAN.finditer(low):
            rest = rest[: found.start()] + " " * len(found[0]) + rest[found.end() :]
            if not self._spans(int(found[1]), found[2]):
                yield Contradiction(shown[found.start() : found.end()], against)
        for found in _DAY.finditer(rest):
            if found[4] or found[6]:
                rest = rest[: found.start()] + " " * len(found[0]) + rest[found.end() :]
                if found[1] and not (footnote and not (found[5] or found[7])) and not self._is_near(found):
                    yield Contradiction(shown[found.start() : found.end()], against)
        yield from self._of_years(shown, rest, against)

    def _spans(self, first: int, tail: str) -> bool:
        assert self._period is not None
        last = int(tail) if len(tail) == 4 else first // 100 * 100 + int(tail)
        if last == first + 1 and self._period.kind != "half_year":
            return self._period.code == f"{first}/{last}"
        return first <= self._period.starts.year and self._period.ends.year <= last

    def _is_near(self, found: re.Match[str]) -> bool:
        assert self._period is not None
        starts, ends, closes = self._period.starts, self._period.ends, self._period.closes
        month = int(found[4]) if found[4] else (*_MONTHS, "декабря").index(found[6]) + 1
        year = found[5] or found[7]
        years = [int(year) if len(year) == 4 else 2000 + int(year)] if year else [starts.year, ends.year, ends.year + 1]
        for each in years:
            try:
                day = dt.date(each, month, int(found[3]))
            except ValueError:
                return True  # no date at all
            if ends - _NEAR <= day <= max(ends + _NEAR, closes):
                return True
        return False

    def _of_years(self, shown: str, rest: str, against: str) -> Iterator[Contradiction]:
        """«за 2022 год» must fit; bare years only where none of them does and no order or law is spoken of."""
        assert self._period is not None
        fits, other = False, None
        for found in _YEAR.finditer(rest):
            right = self._period.starts.year <= int(found[3]) <= self._period.ends.year
            fits = fits or right
            if not right and found[1]:
                yield Contradiction(shown[found.start() : found.end()], against)
            elif not right and not found[2]:
                other = other or found
        if other and not fits and not _REFERENCE.search(rest):
            yield Contradiction(shown[other.start() : other.end()], against)

    def _of_cohort(self, shown: str, low: str, figures: Figures) -> Iterator[Contradiction]:
        found = _GROUPS.search(low)
        if not found or not figures.cohorts:
            return
        parts = {
            c.code for c in self._catalogue.cohorts.values() if c.part_of is not None and _GROUPS.search(_low(c.name))
        }
        if figures.cohorts <= parts and re.match("овз|инвал|огранич", found[0]):
            return
        if figures.asked_cohort and figures.cohorts & parts:
            return  # the table says itself which figure is whose
        names = ", ".join(
            self._catalogue.cohorts[code].name for code in self._catalogue.cohorts if code in figures.cohorts
        )
        yield Contradiction(shown[found.start() : found.end()], f"числа загружают по категории «{names}»")

    def _claimed(self, low: str) -> Iterator[str]:
        """Levels whose whole names stand in the text, in any case."""
        tokens = normalise(low).split()
        for code, spellings in self._levels.items():
            if any(_stands(spelling, tokens) for spelling in spellings):
                yield code

    def _of_level(self, shown: str, low: str, figures: Figures) -> Iterator[Contradiction]:
        levels = self._catalogue.levels
        exact = self._names.lookup.levels(shown) if normalise(shown) else ()
        claimed = {code for code in (*exact, *self._claimed(low)) if levels[code].kind not in ("whole", "authority")}
        spans = [levels[code].grades for code in claimed] + [(int(f[1]), int(f[2])) for f in _GRADES.finditer(low)]
        spoken = {stem for stem in ("дошкол", "начальн", "основн", "средн", "дополнит") if re.search(rf"\b{stem}", low)}
        if not (claimed or spans) or len(spoken) > 1 or not figures.levels:
            return
        for code in figures.levels:
            grades = levels[code].grades
            within = any(span and grades and span[0] <= grades[0] and grades[1] <= span[1] for span in spans)
            if code not in claimed and not within and levels[code].kind not in ("whole", "authority"):
                own = levels[code].short or levels[code].name
                yield Contradiction(shown, f"числа загружают по уровню «{own}»")
                return

    def _of_organisation(self, shown: str, low: str, figures: Figures) -> Iterator[Contradiction]:
        own = [self._organisations[code] for code in figures.organisations if code in self._organisations]
        if not own:
            return
        said = [normalise(f"{o.name} {o.full_name} {o.territory} {o.code}") for o in own]
        against = f"числа загружают за «{own[0].name}»" + (" и других" if len(own) > 1 else "")
        other = self._names.organisation(shown)
        if len(other) == 1 and not figures.organisations & set(other):
            yield Contradiction(shown, against)
            return
        for found in _NUMBERED.finditer(low):
            if not any(found[1] in text.split() for text in said):
                yield Contradiction(shown[found.start() : found.end()], against)
        for found in _QUOTED.finditer(low):
            if not any(normalise(found[1]) in text for text in said) and not _PROJECTS.match(found[1]):
                yield Contradiction(shown[found.start() : found.end()], against)
        for found in _PLACE.finditer(shown):
            stem = _low(found[1] or found[2])[:-3]
            if not any(normalise(stem) in text for text in said):
                yield Contradiction(found[0], against)


def _low(text: str) -> str:
    return text.lower().replace("ё", "е")


def _stems(text: str) -> tuple[str, ...]:
    return tuple(word if word.isdigit() else word[: max(4, len(word) - 3)] for word in normalise(text).split())


def _stands(spelling: Sequence[str], tokens: Sequence[str]) -> bool:
    """Whether the words stand in the text one after another; one word or bare numbers tell too little."""
    if len(spelling) < 2 or all(word.isdigit() for word in spelling):
        return False
    size = len(spelling)
    return any(
        all(t == s if s.isdigit() else t.startswith(s) for s, t in zip(spelling, tokens[at : at + size], strict=True))
        for at in range(len(tokens) - size + 1)
    )


def figures_of(
    givens: Collection[tuple[str | None, str | None, str | None]], *, asked: bool, shares: bool, pairs: bool
) -> Figures:
    """What (organisation, level, category) of some figures are together."""
    return Figures(
        organisations=frozenset(o for o, _, _ in givens if o),
        levels=frozenset(v for _, v, _ in givens if v),
        cohorts=frozenset(c for _, _, c in givens if c),
        asked_cohort=asked,
        shares=shares,
        pairs=pairs,
    )
