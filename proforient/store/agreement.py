"""What the log says compared with what the tables hold: rows, texts by their own hash, and the words of old events."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from proforient.store import seals, signing
from proforient.store.connect import RESTORE
from proforient.store.migrate import migrations
from proforient.store.reading import Reader
from proforient.store.rows import Damage
from proforient.store.snapshots import digest
from proforient.store.transaction import Question

LOG = "журнал событий"
SINCE = "Кто-то изменил файл данных в обход программы. "
AGAINST = "Сверьте с последней копией: verify --against ПАПКА. Отметка об этом остаётся в журнале навсегда."
CHANGED = "Если ключ сменили вы, запишите основание: key acknowledge --ground ТЕКСТ. "
NOTICED = {
    "missing": ("chain-file-missing", "файла chain.json не было"),
    "unsigned": ("chain-unsigned", "конец цепочки событий в chain.json не был подписан"),
    "forged": ("chain-forged", "подпись под концом цепочки событий в chain.json не сходилась"),
    "other-key": ("chain-other-key", "конец цепочки событий в chain.json был подписан другим ключом"),
}


class SealingRow(NamedTuple):
    event_id: int
    action: str
    detail: str


SEALING_EVENTS = Question("sealing_events", SealingRow)


def changed_rows(reader: Reader, folder: Path) -> Iterator[Damage]:
    """Rows that are not what the log says; in a store of an earlier version the log says it since the update."""
    held, forged = seals.replayed((row.event_id, row.detail) for row in reader.ask(SEALING_EVENTS))
    names: dict[str, dict[str, str]] = {table: {} for table in seals.KEPT}
    wrong: list[tuple[str, str, str]] = []
    if held is not None:
        for table in seals.KEPT:
            found = seals.digests(reader, table, names=names[table])
            for key in sorted(held.get(table, {}).keys() | found.keys()):  # order: keys of rows
                was_and_is, there = held.get(table, {}).get(key), found.get(key)
                if was_and_is != there:
                    how = "нет, а журнал её знает" if there is None else "журнал её не знает"
                    wrong.append((table, key, "не та, какой её оставил журнал" if was_and_is and there else how))
    wrong += [(f.table, f.key, f"до события {f.event} была изменена в обход программы") for f in forged]
    for table, key, how in wrong:
        called = names[table].get(key) or key
        yield Damage(
            code="row-changed",
            what=f"{seals.KEPT[table].name} «{called}»: запись {how}.",
            where=table,
            to_do=SINCE + RESTORE,
        )


def noticed(reader: Reader, folder: Path) -> Iterator[Damage]:
    """What the program itself met and wrote down; it stays, but for a change of key that somebody answers for."""
    answered = {str(one.since) for one in signing.signatures(reader) if one.ground}
    for event in reversed(reader.events(action="chain.noticed")):
        detail = json.loads(event.detail)
        code, what = NOTICED[detail["how"]]
        if event.id in answered:
            continue
        yield Damage(
            code=code,
            what=f"При записи {event.at:%d.%m.%Y %H:%M} (UTC, событие {event.id}) {what}: события после "
            f"{detail['event']} могли быть отрезаны раньше.",
            where="chain.json",
            to_do=CHANGED + AGAINST if detail["how"] == signing.OTHER_KEY else AGAINST,
        )


def wrong_texts(reader: Reader, folder: Path) -> Iterator[Damage]:
    """Bodies that no longer fit their own hash, each named alone."""
    texts = (
        ("publication", "Снимок № {} изменён в обход программы.", "SELECT number, sha256, body FROM publication"),
        ("snapshot", "Снимок доклада {} изменён в обход программы.", "SELECT snapshot_id, sha256, body FROM snapshot"),
        ("catalogue_text", "Текст каталога {:.12}… изменён.", "SELECT sha256, sha256, body FROM catalogue_text"),
    )
    for where, what, statement in texts:
        for name, sha256, body in reader.run(statement + " ORDER BY 1"):  # order: keys of rows
            if digest(body) != sha256:
                yield Damage(code="text-changed", what=what.format(name), where=where, to_do=RESTORE)
    for number, sha256 in reader.run(_WITHOUT_CATALOGUE):
        yield Damage(
            code="orphan",
            what=f"Снимок № {number} ссылается на каталог {sha256[:12]}…, которого нет.",
            where="publication",
            to_do=RESTORE,
        )


def wrong_schema(reader: Reader, folder: Path) -> Iterator[Damage]:
    """The list of migrations that the store says it went through."""
    there = reader.run("SELECT version, name FROM migration ORDER BY version")
    known = [(m.version, m.name) for m in migrations()]
    if there != known or reader.fact("schema_version") != str(known[-1][0]):
        yield Damage(
            code="schema-wrong",
            what="Список обновлений схемы не тот, какой делает программа.",
            where="migration",
            to_do=RESTORE,
        )


def _says(what: str, where: str, said: object, there: object) -> Iterator[Damage]:
    if said != there:
        yield Damage(
            code="log-disagrees",
            what=f"{what}: журнал говорит {_plain(said)}, а записано {_plain(there)}.",
            where=where,
            to_do=SINCE + RESTORE,
        )


def _plain(value: object) -> str:
    if value is None or value == ():
        return "«ничего»"
    return "«" + (", ".join(str(v) for v in value if v is not None) if isinstance(value, tuple) else str(value)) + "»"


LogEvents = list[tuple[str, str, dict[str, Any]]]  # action, object, detail; in order


def log_disagrees(reader: Reader, folder: Path) -> Iterator[Damage]:
    """Events of every version of the program carry the words of what was done: these must hold today."""
    events: LogEvents = list(_log_events(reader))
    for look in (
        _plans,
        _amendments,
        _event_names,
        _offices,
        _accounts,
        _publications,
        _submissions,
        _withdrawn,
        _periods,
        _reports,
        _zones,
    ):
        yield from look(reader, events)


# What an event must carry to be compared: one that was spoilt since, or says less, is left to the chain.
_CARRIES = {
    "plan.set": {"ground"},
    "advice.amended": {"period", "territory", "action"},
    "events.named": {"territory", "names"},
    "office.set": {"territory", "office"},
    "account.made": {"role", "territory", "organisation"},
    "publication.made": {"sha256", "period", "territory", "cohort"},
    "submission.accepted": {"period", "file", "sha256", "late", "organisations"},
    "part.withdrawn": {"part", "period"},
    "period.opened": {"closes"},
    "period.reopened": {"closes"},
    "report.state": {"period", "state"},
    "zone.set": {"territory", "zone"},
}


def _log_events(reader: Reader) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for action, object_, text in reader.run(_EVENTS):
        try:
            detail = json.loads(text)
        except ValueError:
            continue
        if isinstance(detail, dict) and _CARRIES.get(action, set()) <= detail.keys():
            yield action, object_, detail


def _plans(reader: Reader, events: LogEvents) -> Iterator[Damage]:
    there = {
        "/".join(row[:5]): (row[5], row[6], row[7], row[8])
        for row in reader.run(_PLANS)  # oldest first: the newest of a key stays
    }
    said = {
        object_.removeprefix("plan/"): (
            *(Decimal(str(d[name])) if name in d else None for name in ("percent", "number")),
            d.get("origin", ""),
            d.get("ground", ""),
        )
        for action, object_, d in events
        if action == "plan.set"
    }
    for key, plan in said.items():
        yield from _says(f"План {key}", "plan_value", plan, there.get(key, ()))


def _amendments(reader: Reader, events: LogEvents) -> Iterator[Damage]:
    """The last amendment of each recommendation; one that was carried over since is told by the rows alone."""
    there = {"/".join(row[:3]): tuple(row[3:]) for row in reader.run(_AMENDMENTS)}  # oldest first: the newest stays
    said: dict[str, tuple[object, ...]] = {}
    for action, _, d in events:
        if action == "advice.carried":
            for code in d.get("actions", ()):
                said.pop("/".join((d["period"], d["territory"], code)), None)
        elif action == "advice.amended":
            due = d.get("deadline", {})
            words = (d.get("text"), d.get("addressee"), d.get("responsible"), due.get("form"), due.get("date"))
            key = "/".join((d["period"], d["territory"], d["action"]))
            said[key] = (*words, due.get("day"), d.get("place"), d.get("shown"), ",".join(d.get("answers", ())) or None)
    for key, amendment in said.items():
        yield from _says(f"Правка рекомендации {key}", "amendment", amendment, there.get(key, ()))


def _event_names(reader: Reader, events: LogEvents) -> Iterator[Damage]:
    there = {row[0]: row[1] for row in reader.run("SELECT territory, names FROM event_names ORDER BY event_names_id")}
    said = {d["territory"]: "\n".join(d["names"]) for action, _, d in events if action == "events.named"}
    for place, names in said.items():
        yield from _says(f"Мероприятия «{place}»", "event_names", names, there.get(place))


def _offices(reader: Reader, events: LogEvents) -> Iterator[Damage]:
    words = ("letterhead", "name", "name_gen", "address", "territory_gen", "territory_prep", "city", "ground", "post")
    there = {row[0]: row[1:] for row in reader.run(_OFFICES)}  # oldest first: the newest of a territory stays
    said = {
        d["territory"]: tuple("\n".join(d["office"].get(word, ())) for word in (*words, "posts"))
        for action, _, d in events
        if action == "office.set"
    }
    for place, office in said.items():
        yield from _says(f"Бланк и подписи «{place}»", "office", office, there.get(place, ()))


def _accounts(reader: Reader, events: LogEvents) -> Iterator[Damage]:
    there = {row[0]: row[1:] for row in reader.run("SELECT login, role, territory, organisation, active FROM account")}
    said: dict[str, tuple[object, ...]] = {}
    for action, object_, d in events:
        login = object_.removeprefix("account/")
        if action == "account.made":
            said[login] = (d["role"], d["territory"], d["organisation"], True)
        elif action in ("account.opened", "account.closed") and login in said:
            said[login] = (*said[login][:3], action == "account.opened")
    for login, account in said.items():
        yield from _says(f"Учётная запись «{login}»", "account", account, there.get(login, ()))


def _publications(reader: Reader, events: LogEvents) -> Iterator[Damage]:
    withdrawn = {o for action, o, _ in events if action == "publication.withdrawn"}
    rows = reader.run("SELECT number, sha256, period, territory, cohort, withdrawn_at IS NOT NULL FROM publication")
    there = {f"publication/{row[0]}": row[1:] for row in rows}
    for action, object_, d in events:
        if action == "publication.made":
            said = (d["sha256"], d["period"], d["territory"], d["cohort"], object_ in withdrawn)
            words = ("открыт", "отозван")
            found = there.get(object_, ())
            yield from _says(
                f"Снимок № {object_.removeprefix('publication/')}",
                "publication",
                (*said[:4], words[said[4]]),
                (*found[:4], words[found[4]]) if found else (),
            )


def _submissions(reader: Reader, events: LogEvents) -> Iterator[Damage]:
    files = {
        f"submission/{row[0]}": row[1:] for row in reader.run("SELECT submission_id, sha256, late FROM submission")
    }
    parts: dict[str, dict[str, int]] = {}
    for number, organisation, cells in reader.run("SELECT submission_id, organisation, cells FROM part"):
        parts.setdefault(f"submission/{number}", {})[organisation] = cells
    for action, object_, d in events:
        if action == "submission.accepted":
            what = f"Принятый файл «{d['file']}»"
            yield from _says(what, "submission", (d["sha256"], d["late"]), files.get(object_, ()))
            yield from _says(what, "part", d["organisations"], parts.get(object_, {}))


def _withdrawn(reader: Reader, events: LogEvents) -> Iterator[Damage]:
    said = {str(d["part"]) for action, _, d in events if action == "part.withdrawn"}
    there = {str(row[0]) for row in reader.run("SELECT part_id FROM withdrawn_part")}
    for part in sorted(said ^ there):  # order: identifiers
        words = ("отозвана", "не отозвана")
        yield from _says(f"Часть файла {part}", "withdrawn_part", words[part not in said], words[part not in there])


def _periods(reader: Reader, events: LogEvents) -> Iterator[Damage]:
    there = {
        (row[0], row[1]): (row[2], str(row[3])) for row in reader.run(_OPENINGS, {"catalogue": reader.catalogue.code})
    }
    said: dict[tuple[str, str], tuple[str, str]] = {}
    for action, object_, d in events:
        if action not in ("period.opened", "period.closed", "period.reopened"):
            continue
        code, place = object_.removeprefix("period/"), d.get("territory")
        if action == "period.opened":
            said[code, place or ""] = ("open", str(d["closes"]))
            continue
        for key in [k for k in said if k[0] == code and place in (None, k[1])]:
            said[key] = ("closed", said[key][1]) if action == "period.closed" else ("open", str(d["closes"]))
    for (code, place), state in said.items():
        if (code, place) in there:  # a period of another catalogue is not asked for
            yield from _says(f"Период «{code}» {place}".rstrip(), "period_opening", state, there[code, place])


def _reports(reader: Reader, events: LogEvents) -> Iterator[Damage]:
    """The last word about each report; closing a period accepts many without naming them, so it ends what is known."""
    there = {(row[0], row[1]): row[2] for row in reader.run(_STATES, {"catalogue": reader.catalogue.code})}
    said: dict[tuple[str, str], str] = {}
    for action, object_, d in events:
        code = object_.partition("/")[2]
        if action == "report.state":
            said[d["period"], code] = d["state"]
        elif action == "submission.accepted":
            said |= {(d["period"], organisation): "submitted" for organisation in d["organisations"]}
        elif action == "part.withdrawn":
            said.pop((d["period"], code), None)
        elif action == "period.closed":
            said = {key: state for key, state in said.items() if key[0] != code}
    for (period, organisation), state in said.items():
        yield from _says(
            f"Отчёт организации «{organisation}» за «{period}»", "report", state, there.get((period, organisation), ())
        )


def _zones(reader: Reader, events: LogEvents) -> Iterator[Damage]:
    said = {d["territory"]: d["zone"] for action, _, d in events if action == "zone.set"}
    there = reader.zones()
    for place in sorted(said.keys() | there.keys()):  # order: keys of rows
        yield from _says(f"Часовой пояс «{place}»", "meta", said.get(place, ""), there.get(place, ""))


_WITHOUT_CATALOGUE = """
SELECT number, catalogue FROM publication WHERE catalogue NOT IN (SELECT sha256 FROM catalogue_text) ORDER BY number
"""
_EVENTS = "SELECT action, object, detail FROM event ORDER BY event_id"
_PLANS = """
SELECT p.code, v.indicator, v.level, v.cohort, v.territory, v.percent, v.number, v.origin, v.ground
FROM plan_value AS v JOIN period AS p ON p.period_id = v.period_id ORDER BY v.plan_id
"""
_OFFICES = """
SELECT territory, letterhead, name, name_gen, address, territory_gen, territory_prep, city, ground, post, posts
FROM office
ORDER BY office_id
"""
_AMENDMENTS = """
SELECT p.code, a.territory, a.action, a.words, a.addressee, a.responsible, a.due, a.due_date::VARCHAR, a.due_day,
  a.place, a.shown, a.answers
FROM amendment AS a JOIN period AS p ON p.period_id = a.period_id ORDER BY a.amendment_id
"""
_OPENINGS = """
SELECT p.code, o.territory, o.state, o.closes FROM period_opening AS o JOIN period AS p ON p.period_id = o.period_id
WHERE p.catalogue = $catalogue
"""
_STATES = """
SELECT p.code, r.organisation, r.state FROM report AS r JOIN period AS p ON p.period_id = r.period_id
WHERE p.catalogue = $catalogue
"""
