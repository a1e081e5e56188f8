"""How sentences name levels and organisations, derived from the catalogue: «на дошкольном уровне», «в 5–9 классах»."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from proforient.catalogue.entries import Catalogue, Level, OrganisationKind
from proforient.monitoring import Organisation
from proforient.store.roster import Roster
from proforient.wording import NOUNS, Noun, counted_words, join, numeral, quoted

# How a kind of organisation may be called for short, in the order of preference, and the noun of it.
_KIND_NOUNS = {
    "школа": "schools",
    "детский сад": "kindergartens",
    "гимназия": "gymnasiums",
    "лицей": "lyceums",
    "колледж": "colleges",
    "муниципалитет": "municipalities",
}

_ENDINGS = ("ое", "ее", "ая", "яя", "ый", "ой", "ий")
_NOT_ADJECTIVES = ("ание", "ение")


def _is_adjective(word: str) -> bool:
    return len(word) > 3 and word.isalpha() and word.endswith(_ENDINGS) and not word.endswith(_NOT_ADJECTIVES)


def _prepositional_word(word: str) -> str:
    stem, ending = word[:-2], word[-2:]
    soft = ending in ("ее", "яя") or (ending == "ий" and stem[-1] not in "кгх")
    hushing = ending == "ая" and stem[-1] in "жшчщц"
    return stem + ("ем" if soft or hushing else "ом")


def prepositional(short: str) -> str:
    """«Дошкольное» → «дошкольном», «Начальное общее» → «начальном общем»; empty when it is no adjective."""
    words = short.lower().split()
    if not words or not all(_is_adjective(word) for word in words):
        return ""
    return " ".join(_prepositional_word(word) for word in words)


def level_label(level: Level) -> str:
    """The name under a column and in a list: the short one when it is a word, else the full one («5–7 классы»)."""
    return level.short if prepositional(level.short) else level.name


def level_subject(level: Level) -> str:
    """The level as the subject of a sentence: «Основное образование», «5–7 классы»."""
    if (
        prepositional(level.short)
        and level.short.lower().endswith(("ое", "ее"))
        and "образование" in level.name.lower()
    ):
        return f"{level.short} образование"
    return level.name


def _grades(level: Level) -> str:
    assert level.grades is not None
    first, last = level.grades
    return str(first) if first == last else f"{first}–{last}"


def level_note(level: Level, catalogue: Catalogue) -> str:
    """A second line under the name: «5–9 классы» of a stage with grades, else who stands behind it."""
    if level.grades and level.kind == "stage":
        return f"{_grades(level)} классы"
    return level.population.get("nom", "") if level.kind == "stage" and level.code in catalogue.levels else ""


def levels_in(levels: Sequence[Level]) -> str:
    """Where: «в 1–4 и 10–11 классах», «на дошкольном уровне и в 5–9 классах», «на уровне «Особый»».

    Empty where only organisations or the municipality as a whole are meant: there is no other level to tell from.
    """
    if all(v.kind in ("whole", "authority") for v in levels):
        return ""
    parts = []
    adjectives = [prepositional(v.short) for v in levels if not v.grades and prepositional(v.short)]
    if adjectives:
        parts.append(f"на {join(adjectives)} {'уровне' if len(adjectives) == 1 else 'уровнях'}")
    grades = [_grades(v) for v in levels if v.grades]
    if grades:
        parts.append(f"в {join(grades)} классах")
    others = [quoted(v.name) for v in levels if not v.grades and not prepositional(v.short)]
    if others:
        parts.append(f"на {'уровне' if len(others) == 1 else 'уровнях'} {join(others)}")
    return join(parts)


def levels_listed(levels: Sequence[Level]) -> str:
    """The end of «на двух уровнях: …»: «дошкольном и основном», «в 5–7 и 8–11 классах», «Район» и «Школа»."""
    adjectives = [prepositional(v.short) for v in levels]
    if all(adjectives):
        return join(adjectives)
    if all(v.grades for v in levels):
        return levels_in(levels)
    return join([quoted(v.name) for v in levels])


def on_every_level(n: int, adjective: str = "") -> str:
    """«на всех пяти уровнях», «на обоих измеренных уровнях»."""
    how = "обоих" if n == 2 else f"всех {numeral(n, case='prep')}"
    return f"на {how} {f'{adjective} ' if adjective else ''}уровнях"


def everybody(n: int, word: Noun) -> str:
    """«все семь школ», «обе школы», «оба детских сада»; of one «единственная школа»."""
    if n == 1:
        return f"{({'m': 'единственный', 'f': 'единственная', 'n': 'единственное'})[word.gender]} {word.nom}"
    if n == 2:
        return f"{'обе' if word.gender == 'f' else 'оба'} {word.after(2)}"
    return f"все {counted_words(n, word)}"


def organisations_of(level: Level, catalogue: Catalogue) -> Noun:
    """What the organisations that report of the level are called: «школа», «детский сад», else «организация»."""
    kinds = [kind for kind in catalogue.organisation_kinds.values() if level.code in kind.proposes]
    return _called(kinds[0]) if len(kinds) == 1 else NOUNS["organisations"]


def _called(kind: OrganisationKind) -> Noun:
    called = {alias.lower() for alias in (kind.name, *kind.aliases)}
    return next((NOUNS[unit] for word, unit in _KIND_NOUNS.items() if word in called), NOUNS["organisations"])


def noun_of(codes: Iterable[str], organisations: Mapping[str, Organisation], catalogue: Catalogue) -> Noun:
    """«школа» when all of these codes are of one kind that the catalogue calls so; else, or of unknown ones,
    «организация»."""
    kinds = kinds_of(organisations)
    found = {kinds.get(code) for code in codes}
    kind = catalogue.organisation_kinds.get(found.pop() or "") if len(found) == 1 else None
    return NOUNS["organisations"] if kind is None else _called(kind)


def names_of(organisations: Mapping[str, Organisation]) -> Mapping[str, str]:
    """By code, how each organisation is called."""
    if isinstance(organisations, Roster):  # of thousands no record is made to be named
        return organisations.names
    return {code: organisation.name for code, organisation in organisations.items()}


def kinds_of(organisations: Mapping[str, Organisation]) -> Mapping[str, str]:
    """By code, the code of each organisation's kind."""
    if isinstance(organisations, Roster):
        return organisations.by_code("kind")
    return {code: organisation.kind for code, organisation in organisations.items()}


def organisation_name(code: str | None, organisations: Mapping[str, Organisation]) -> str:
    """The organisation's name as it is registered; the code of one that is not known."""
    if isinstance(organisations, Roster):
        return organisations.names.get(code or "", code or "")
    organisation = organisations.get(code or "")
    return organisation.name if organisation else code or ""
