"""The register of organisations: adds and updates by code, with the day from which a change holds."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from proforient.catalogue.entries import Catalogue
from proforient.catalogue.name_keys import normalise
from proforient.errors import Refused, WrongCall
from proforient.monitoring import SEPARATOR, Organisation, now
from proforient.store import basis, merger_rows
from proforient.store.organisation_rows import FACTS, Fact, FactRow
from proforient.store.reading import Reader
from proforient.store.rollup import homes_of, rebuild, rewrite
from proforient.store.rows import ImportResult
from proforient.store.transaction import insert
from proforient.store.writing import Writer
from proforient.wording import date_ru, quoted

ALWAYS, FOREVER = dt.date(1, 1, 1), dt.date(9999, 12, 31)


def import_organisations(
    writer: Writer, rows: Sequence[Organisation], *, since: dt.date | None = None, different: Collection[str] = ()
) -> ImportResult:
    """Adds or updates by code, never deletes.

    Name, kind, levels and territory hold from ``since``, earlier periods keep theirs; without ``since`` the
    newest facts are corrected. Raises WrongCall (all that is wrong with the rows), and Refused where the same ИНН
    or name stands twice and ``different`` has neither code.
    """
    tidy = [_tidy(row, writer.catalogue) for row in rows]
    writer.unless_moved(basis.register([row.code for row in tidy]))
    there = newest(writer.reader)
    mistakes = _mistakes(tidy, there, writer.catalogue)
    if mistakes:
        shown = mistakes[:20] + ([f"и ещё {len(mistakes) - 20}"] if len(mistakes) > 20 else [])
        raise WrongCall("Реестр не загружен. " + " ".join(shown))
    _refuse_merged(writer, tidy)
    places = {row.code: f"№ {number} в файле" for number, row in enumerate(tidy, start=1)}
    alike = [_pair_words(found, places) for found in twins(tidy, there, set(different))]
    if alike:
        shown = alike[:20] + ([f"и ещё {len(alike) - 20}."] if len(alike) > 20 else [])
        raise Refused(
            f"Реестр не загружен: возможно, одна организация стоит дважды. {' '.join(shown)} "
            "Если это одна организация, оставьте один код. Если разные, загрузите с ключом --different и их кодами."
        )
    added = [row for row in tidy if row.code not in there]
    before = homes_of(writer, [row.code for row in tidy])
    _add(writer, added)
    moved = False
    updated: list[str] = []
    unchanged: list[str] = []
    for row in tidy:
        if row.code in there:
            changed, placed = _update(writer, row, there[row.code], since)
            moved = moved or placed
            (updated if changed else unchanged).append(row.code)
    if moved:
        rebuild(writer)
    elif added or updated:
        rewrite(writer, None, before | homes_of(writer, [row.code for row in tidy]))
    result = ImportResult(added=tuple(o.code for o in added), updated=tuple(updated), unchanged=tuple(unchanged))
    if added or updated:
        detail = {"added": result.added, "updated": result.updated, "unchanged": len(unchanged), "since": since}
        writer.log("organisations.imported", "organisations", detail, at=now())
    return result


def _refuse_merged(writer: Writer, rows: Sequence[Organisation]) -> None:
    """Refused where a row would open what was joined to another, or close early what another was joined to."""
    found, mergers = [], merger_rows.mergers(writer)
    into = {merger.successor: merger.day for merger in sorted(mergers.values(), key=lambda m: m.day)}  # order: the last
    for row in rows:
        merger = mergers.get(row.code)
        if merger is not None and row.closed != merger.day:
            found.append(f"{quoted(row.name)} присоединена к другой и закрыта с {date_ru(merger.day)}.")
        elif row.closed is not None and row.code in into and row.closed <= into[row.code]:
            found.append(
                f"К {quoted(row.name)} с {date_ru(into[row.code])} присоединена другая: закрыть её можно позже."
            )
    if found:
        raise Refused(f"Реестр не изменён. {' '.join(found[:20])} Иначе — сначала отмените присоединение.")


def _add(writer: Writer, rows: Sequence[Organisation]) -> None:
    """What is first known of an organisation holds for the time before, too."""
    insert(
        writer,
        _INSERT_ORGANISATION,
        {
            "code": [o.code for o in rows],
            "inn": [o.inn for o in rows],
            "part_of": [o.part_of for o in rows],
            "opened": [o.opened for o in rows],
            "closed": [o.closed for o in rows],
        },
    )
    _insert_facts(writer, [(o.code, ALWAYS, FOREVER, _fact(o)) for o in rows])


def _update(writer: Writer, row: Organisation, before: Organisation, since: dt.date | None) -> tuple[bool, bool]:
    """Whether anything changed, and whether it may move totals (another territory or kind)."""
    changed = (row.inn, row.part_of, row.opened, row.closed) != (
        before.inn,
        before.part_of,
        before.opened,
        before.closed,
    )
    if changed:
        writer.run(
            _UPDATE_ORGANISATION,
            {"code": row.code, "inn": row.inn, "part_of": row.part_of, "opened": row.opened, "closed": row.closed},
        )
    facts = writer.ask(FACTS, code=row.code)
    if since is None:
        if _fact(row) == _fact(before):
            return changed, False
        _correct(writer, row, facts[-1].since)
        return True, _placed(row, facts[-1])
    covering = next(fact for fact in facts if fact.since <= since < fact.until)
    if covering.fact == _fact(row):
        return changed, False
    if covering.since == since:
        _correct(writer, row, since)
    else:
        writer.run(_SHORTEN, {"code": row.code, "since": covering.since, "until": since})
        _insert_facts(writer, [(row.code, since, covering.until, _fact(row))])
    return True, _placed(row, covering)


def _placed(row: Organisation, before: FactRow) -> bool:
    return (row.kind, row.territory) != (before.kind, before.territory)


def _fact(row: Organisation) -> Fact:
    return row.name, row.full_name, row.kind, ",".join(row.levels), row.territory


def _correct(writer: Writer, row: Organisation, since: dt.date) -> None:
    name, full_name, kind, levels, territory = _fact(row)
    writer.run(
        _CORRECT,
        {
            "code": row.code,
            "since": since,
            "name": name,
            "full_name": full_name,
            "kind": kind,
            "levels": levels,
            "territory": territory,
        },
    )


def _insert_facts(writer: Writer, facts: Sequence[tuple[str, dt.date, dt.date, Fact]]) -> None:
    names = ("name", "full_name", "kind", "levels", "territory")
    insert(
        writer,
        _INSERT_FACT,
        {
            "code": [fact[0] for fact in facts],
            "since": [fact[1] for fact in facts],
            "until": [fact[2] for fact in facts],
            **{name: [fact[3][place] for fact in facts] for place, name in enumerate(names)},
        },
    )


def _tidy(row: Organisation, catalogue: Catalogue) -> Organisation:
    """Spaces at the ends away, levels in the catalogue's order, the territory's path with its usual separator."""
    order = list(catalogue.levels)
    levels = sorted(dict.fromkeys(row.levels), key=lambda v: order.index(v) if v in order else len(order))
    path = SEPARATOR.join(" ".join(step.split()) for step in row.territory.split("/"))
    return replace(
        row,
        code=row.code.strip(),
        inn=row.inn.strip(),
        name=" ".join(row.name.split()),
        full_name=" ".join(row.full_name.split()),
        levels=tuple(levels),
        territory=path,
        part_of=(row.part_of or "").strip() or None,
    )


def _mistakes(rows: Sequence[Organisation], there: dict[str, Organisation], catalogue: Catalogue) -> list[str]:
    """Every mistake as a sentence; rows are counted from 1, as they came."""
    found: list[str] = []
    first: dict[str, int] = {}
    codes = {row.code for row in rows} | set(there)
    for number, row in enumerate(rows, start=1):
        place = f"Организация {number} («{row.code}»):"
        if row.code in first:
            found.append(f"{place} такой код уже есть у организации {first[row.code]}. Оставьте один.")
        first.setdefault(row.code, number)
        found += [f"{place} {text}" for text in _row_mistakes(row, codes, catalogue)]
    return found


class Twins(NamedTuple):
    """Two organisations that may be one: the same ИНН, or (``inn`` empty) the same name in one municipality."""

    inn: str
    first: Organisation
    second: Organisation


def newest(reader: Reader) -> dict[str, Organisation]:
    """The register by code as the last facts have it."""
    return {o.code: o for o in reader.organisations(on=FOREVER - dt.timedelta(days=1))}


def twins(
    rows: Sequence[Organisation], there: Mapping[str, Organisation], different: Collection[str] = ()
) -> list[Twins]:
    """Pairs of which one at least is among the ``rows``, as they would stand in the register ``there``.

    A branch shares the ИНН of its head. What already stands side by side in the register was answered before.
    """
    after = {**there, **{row.code: row for row in rows}}
    coming, before = {row.code for row in rows}, _groups(there.values())
    found: dict[tuple[str, str], Twins] = {}
    for key, codes in _groups(after.values()).items():
        for second in codes:
            for first in codes[: codes.index(second)]:
                pair = {first, second}
                known = pair <= set(before.get(key, ())) or not pair & coming
                if known or pair & set(different) or _family(after, first) == _family(after, second):
                    continue
                inn = key[1] if key[0] == "inn" else ""
                found.setdefault((first, second), Twins(inn, after[first], after[second]))
    return list(found.values())


def _pair_words(found: Twins, places: Mapping[str, str]) -> str:
    """A pair as a question; ``places``: where in the file each stands."""
    one, other = (f"«{o.code}» {o.name} ({places.get(o.code, 'в реестре')})" for o in (found.first, found.second))
    what = f"Один и тот же ИНН {found.inn}" if found.inn else "Одно и то же название"
    return f"{what} у {one} и {other}."


def _groups(organisations: Iterable[Organisation]) -> dict[tuple[str, ...], list[str]]:
    """Codes by ИНН, and by each name in its municipality."""
    found: dict[tuple[str, ...], list[str]] = {}
    for who in organisations:
        names = {normalise(name) for name in (who.name, who.full_name)} - {""}
        # order: which pair is found first
        for key in [("inn", who.inn)] * bool(who.inn) + [("name", name, who.territory) for name in sorted(names)]:
            found.setdefault(key, []).append(who.code)
    return found


def _family(register: Mapping[str, Organisation], code: str) -> str:
    """The head of a branch, and of a head itself."""
    return register[code].part_of or code


def _row_mistakes(row: Organisation, codes: set[str], catalogue: Catalogue) -> list[str]:
    found = []
    if not row.code:
        found.append("код пуст. Укажите код.")
    if re.fullmatch(r"\d+(?:[.,]\d+)?[eE]\+?\d+", row.code):
        found.append("код обрезан таблицей (запись с «E+»). Задайте столбцу формат «Текст» и введите код заново.")
    if row.inn and not re.fullmatch(r"\d{10}|\d{12}", row.inn):
        found.append(
            f"ИНН «{row.inn}» — ожидалось 10 или 12 цифр. Таблица могла отрезать нуль в начале: "
            "задайте столбцу формат «Текст»."
        )
    if not row.name:
        found.append("название пусто. Укажите его.")
    if row.kind not in catalogue.organisation_kinds:
        found.append(f"вида «{row.kind}» нет в каталоге. Есть: {', '.join(catalogue.organisation_kinds)}.")
    unknown = [level for level in row.levels if level not in catalogue.levels]
    if unknown:
        found.append(f"уровней «{', '.join(unknown)}» нет в каталоге. Есть: {', '.join(catalogue.levels)}.")
    if not all(row.territory.split(SEPARATOR)):
        found.append("территория пуста. Ожидалось «Регион / Муниципалитет».")
    if row.part_of is not None and (row.part_of not in codes or row.part_of == row.code):
        found.append(f"головной организации «{row.part_of}» нет в реестре. Исправьте part_of.")
    if row.opened and row.closed and row.closed <= row.opened:
        found.append("закрыта раньше, чем открыта. Исправьте даты.")
    return found


_INSERT_ORGANISATION = """
INSERT INTO organisation (code, inn, part_of, opened, closed)
SELECT unnest($code::VARCHAR[]), unnest($inn::VARCHAR[]), unnest($part_of::VARCHAR[]),
  unnest($opened::DATE[]), unnest($closed::DATE[])
"""
_INSERT_FACT = """
INSERT INTO organisation_fact (code, since, until, name, full_name, kind, levels, territory)
SELECT unnest($code::VARCHAR[]), unnest($since::DATE[]), unnest($until::DATE[]), unnest($name::VARCHAR[]),
  unnest($full_name::VARCHAR[]), unnest($kind::VARCHAR[]), unnest($levels::VARCHAR[]), unnest($territory::VARCHAR[])
"""
_UPDATE_ORGANISATION = """
UPDATE organisation SET inn = $inn, part_of = $part_of, opened = $opened, closed = $closed WHERE code = $code
"""
_CORRECT = """
UPDATE organisation_fact
SET name = $name, full_name = $full_name, kind = $kind, levels = $levels, territory = $territory
WHERE code = $code AND since = $since
"""
_SHORTEN = "UPDATE organisation_fact SET until = $until WHERE code = $code AND since = $since"
