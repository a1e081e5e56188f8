"""The document of ``--answers`` -> ``Answers``; whatever does not fit raises WrongCall with the key named."""

from __future__ import annotations

from collections.abc import Mapping

from proforient.errors import WrongCall
from proforient.intake.contacts import LEAVE_OUT
from proforient.intake.model import Answers
from proforient.wording.order import name_order

_TABLES = ("columns", "organisations", "indicators", "levels", "cohorts", "explanations")
_TEXTS = ("period", "sheet", "dash", "contacts")
_DASHES = ("zero", "no_data", "not_applicable")


def answers_from_json(document: Mapping[str, object]) -> Answers:
    """The answers in a parsed JSON object; raises ``WrongCall``."""
    if not isinstance(document, Mapping):
        raise WrongCall('Ответы — не объект JSON. Ожидается, например: {"columns": {"Всего, чел.": "Знаменатель"}}')
    unknown = sorted(set(document) - {*_TABLES, *_TEXTS}, key=name_order)
    if unknown:
        raise WrongCall(
            f"В ответах непонятный ключ «{unknown[0]}». Ожидается один из: {', '.join((*_TABLES, *_TEXTS))}"
        )
    tables = {key: _table(key, document[key]) for key in _TABLES if document.get(key) is not None}
    texts = {key: _text(key, document[key]) for key in _TEXTS if document.get(key) is not None}
    if texts.get("dash", "") not in ("", *_DASHES):
        raise WrongCall(f"В ответах «dash» — «{texts['dash']}». Ожидается одно из: {', '.join(_DASHES)}")
    if texts.get("contacts", "") not in ("", LEAVE_OUT):
        raise WrongCall(f"В ответах «contacts» — «{texts['contacts']}». Ожидается: {LEAVE_OUT}")
    return Answers(
        columns=tables.get("columns", {}),
        organisations=tables.get("organisations", {}),
        indicators=tables.get("indicators", {}),
        levels=tables.get("levels", {}),
        cohorts=tables.get("cohorts", {}),
        explanations=tables.get("explanations", {}),
        period=texts.get("period", ""),
        sheet=texts.get("sheet", ""),
        dash=texts.get("dash", ""),
        contacts=texts.get("contacts", ""),
    )


def _table(key: str, found: object) -> dict[str, str]:
    if not isinstance(found, Mapping) or not all(
        isinstance(text, str) and isinstance(said, str) for text, said in found.items()
    ):
        raise WrongCall(f"В ответах «{key}» — не таблица «текст файла: ответ». Проверьте кавычки и скобки")
    return dict(found)


def _text(key: str, found: object) -> str:
    if not isinstance(found, str):
        raise WrongCall(f"В ответах «{key}» — не текст. Проверьте кавычки")
    return found
