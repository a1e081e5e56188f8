"""A catalogue file in; the catalogue out, or every mistake in it with file, line, key, found and expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from proforient.catalogue.blocks import Records, key_head
from proforient.catalogue.entries import Catalogue, Mistake, Rule
from proforient.catalogue.keys import BLOCKS
from proforient.catalogue.order import as_asked, as_numbered
from proforient.catalogue.rules import RULES
from proforient.catalogue.rules import Rule as CatalogueRule
from proforient.catalogue.syntax import parse
from proforient.catalogue.value_types import DEFAULT_TIMEZONE
from proforient.errors import CatalogueError
from proforient.wording import counted

LARGEST = 8 << 20  # bytes of a catalogue; that of a whole region has less than one million


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue in the file; raises CatalogueError with all ``mistakes`` when there is any."""
    return _accepted(path, *_read(path))


def catalogue_of(text: str, name: str) -> Catalogue:
    """The catalogue that was kept as ``text``; ``name`` is what its mistakes call it. Raises CatalogueError.

    It was accepted by the rules of its own day: those that have come since refuse no old snapshot.
    """
    return _accepted(name, *_read_text(name, text, ()))


def _accepted(name: object, catalogue: Catalogue | None, mistakes: tuple[Mistake, ...]) -> Catalogue:
    if catalogue is None or mistakes:
        listed = "\n".join(map(str, mistakes))
        raise CatalogueError(
            f"Каталог {name} не принят: {counted(len(mistakes), 'errors')}. Исправьте и запустите снова.\n{listed}",
            mistakes,
        )
    return catalogue


def check_catalogue(path: Path) -> tuple[Mistake, ...]:
    """Every mistake in the file in the order of its lines; empty when it is right. Never raises for the file's sake."""
    return _read(path)[1]


def _read(path: Path) -> tuple[Catalogue | None, tuple[Mistake, ...]]:
    file = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = "файла нет" if isinstance(error, FileNotFoundError) else f"файл не открывается ({error.strerror})"
        return None, (_file_mistake(file, 1, reason, "файл каталога; его путь задаёт PROFORIENT_CATALOGUE"),)
    if len(data) > LARGEST:
        most = f"каталог не больше {counted(LARGEST, 'bytes', 'gen')}"
        return None, (_file_mistake(file, 1, counted(len(data), "bytes"), most),)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, (_file_mistake(file, line, "байты не в UTF-8", "текст в кодировке UTF-8: пересохраните файл"),)
    return _read_text(file, text.replace("\r\n", "\n"), RULES)


def _file_mistake(file: str, line: int, found: str, expected: str) -> Mistake:
    return Mistake(file=file, line=line, key="", found=found, expected=expected)


@lru_cache(maxsize=4)  # of one text always the same comes out; snapshots and commands ask for it again and again
def _read_text(file: str, text: str, rules: tuple[CatalogueRule, ...]) -> tuple[Catalogue | None, tuple[Mistake, ...]]:
    parsed = parse(text)
    syntax = [Mistake(file=file, line=m.line, key="", found=m.found, expected=m.expected) for m in parsed.mistakes]
    if parsed.given_up:
        return None, tuple(syntax)
    records = Records(file, parsed.data, parsed.lines, parsed.damaged)
    catalogue = replace(_catalogue(file, records), text=text)
    mistakes = [
        *syntax,
        *records.mistakes,
        *_rule_mistakes(catalogue, records, rules),
    ]
    unique = dict.fromkeys(sorted(mistakes, key=lambda m: m.line))
    return catalogue, tuple(unique)


def _catalogue(file: str, records: Records) -> Catalogue:
    records.unknown_blocks()
    head = records.head()
    found: dict[str, Any] = {}
    for block in BLOCKS.values():
        if block.plural:
            found[block.plural] = records.by_code(block) if block.coded else tuple(records.entries(block))
    catalogue = Catalogue(
        code=head["code"],
        version=head.get("version", ""),
        aim=head.get("aim") or "",
        timezone=head.get("timezone") or DEFAULT_TIMEZONE,
        file=file,
        **found,
    )
    return replace(
        catalogue,
        counts=as_asked(catalogue.counts, catalogue.levels),
        rules={code: _with_cohorts(rule, catalogue) for code, rule in catalogue.rules.items()},
        actions=as_numbered(catalogue.actions),
    )


def _with_cohorts(rule: Rule, catalogue: Catalogue) -> Rule:
    """A rule that names no cohorts is checked for those in which all its counts are asked."""
    terms = [term for term in rule.terms if term.cohort is None]
    counts = [catalogue.counts[term.count] for term in terms if term.count in catalogue.counts]
    asked = tuple(c for c in catalogue.cohorts if all(c in count.cohorts for count in counts))
    return rule if rule.cohorts else replace(rule, cohorts=asked)


def _rule_mistakes(catalogue: Catalogue, records: Records, rules: Sequence[CatalogueRule]) -> list[Mistake]:
    """What the rules find, at the keys' own lines; without what follows from a mistake already said."""
    found = []
    for rule in rules:
        for mistake in rule(catalogue):
            if mistake.line in records.damaged or (mistake.line, key_head(mistake.key)) in records.reported:
                continue
            path = (*records.lines.headers.get(mistake.line, ()), *mistake.key.split(".")[1:])
            found.append(replace(mistake, file=catalogue.file, line=records.lines.of(*path)))
    return found
