"""Posts and bodies in the cases that documents need, from tables written by hand; what is not in them stays as it is.

A document names posts, never persons. Where a form is not known, the sentence is built so that it needs none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

# The nominative of a post's noun -> its accusative, which of people is the genitive.
_NOUNS = {
    "начальник": "начальника",
    "заместитель": "заместителя",
    "директор": "директора",
    "специалист": "специалиста",
    "методист": "методиста",
    "эксперт": "эксперта",
    "консультант": "консультанта",
    "руководитель": "руководителя",
    "председатель": "председателя",
    "секретарь": "секретаря",
    "заведующий": "заведующего",
    "заведующая": "заведующую",
    "педагог": "педагога",
    "педагог-психолог": "педагога-психолога",
    "педагог-организатор": "педагога-организатора",
    "учитель": "учителя",
    "воспитатель": "воспитателя",
    "советник": "советника",
    "инспектор": "инспектора",
    "координатор": "координатора",
    "глава": "главу",
    "представитель": "представителя",
}
_ADJECTIVES = {
    "главный": "главного",
    "ведущий": "ведущего",
    "старший": "старшего",
    "первый": "первого",
    "ответственный": "ответственного",
    "социальный": "социального",
    "классный": "классного",
    "исполняющий": "исполняющего",
}
_BODIES = {
    "рабочая группа": "рабочей группы",
    "коллегия": "коллегии",
    "комиссия": "комиссии",
    "совет": "совета",
    "экспертный совет": "экспертного совета",
    "методический совет": "методического совета",
    "межведомственный совет": "межведомственного совета",
    "координационный совет": "координационного совета",
    "методическое объединение": "методического объединения",
    "совещание руководителей": "совещания руководителей",
}
_ORDINALS = ("первому", "второму", "третьему", "четвёртому", "пятому", "шестому", "седьмому", "восьмому", "девятому",
             "десятому")  # fmt: skip


def forms_of(lines: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """«начальник отдела | начальника отдела | начальнику отдела», a line each: nominative -> accusative, dative."""
    parts = ([part.strip() for part in line.split("|")] for line in lines)
    return {three[0].lower(): (three[1], three[2]) for three in parts if len(three) == 3}


def whom(post: str, own: Sequence[str] = ()) -> str:
    """«начальника отдела по образованию» of «начальник отдела …»; ``own``: lines that the department has written.

    Empty where the form is not known.
    """
    if (written := forms_of(own).get(post.strip().lower())) is not None:
        return written[0]
    first, _, rest = post.strip().partition(" ")
    if (known := _NOUNS.get(first.lower())) is not None:
        return f"{known} {rest}".strip()
    if (known := _ADJECTIVES.get(first.lower())) is not None and rest:
        inner = whom(rest)
        return f"{known} {inner}" if inner else ""
    return ""


def body_of(body: str) -> str:
    """«рабочей группы» of «рабочая группа»; a body that is not in the table, and its further words, stay."""
    for nominative, genitive in _BODIES.items():
        if body.lower() == nominative or body.lower().startswith(f"{nominative} "):
            return genitive + body[len(nominative) :]
    return body


def event_of(name: str) -> str:
    """«муниципальной конференции» of «муниципальная конференция»; a name without that word stays."""
    first, found, rest = name.partition("конференция")
    if not found:
        return name
    words = (re.sub("ая$", "ой", re.sub("яя$", "ей", word)) for word in first.split(" "))
    return f"{' '.join(words)}конференции{rest}"


def on_question(n: int) -> str:
    """«По первому вопросу»; after the tenth «По вопросу 11»."""
    return f"По {_ORDINALS[n - 1]} вопросу" if 1 <= n <= len(_ORDINALS) else f"По вопросу {n}"


def one_office(dative: str) -> bool:
    """Whether an addressee is one office («Управлению …», «МКУ …»), not many people («Руководителям …»)."""
    first = dative.split(" ", 1)[0]
    return bool(first) and not first.endswith("м")


__all__ = ["body_of", "event_of", "forms_of", "on_question", "one_office", "whom"]
