"""Keys of the blocks that say what is planned and advised: ``plan``, ``problem``, ``action``."""

from __future__ import annotations

from typing import get_args

from proforient.catalogue.entries import DeadlineForm
from proforient.catalogue.shape import Block, BlockKey, code_key, holding_keys, source_key
from proforient.catalogue.value_types import (
    AMOUNT,
    ANSWERS,
    ANY_TEXT,
    CODE,
    DATE,
    FLAG,
    MONTH_DAY,
    PERCENT,
    TABLE,
    TERRITORY,
    TEXT,
    YEAR,
    one_of,
    whole,
)

NUMBER_ON_PAPER = whole(1, 9999)

PLAN = Block(
    name="plan",
    plural="plans",
    meaning="Предложение планового значения: открытие периода копирует его; дальше план живёт в хранилище.",
    keys=(
        BlockKey(
            name="indicator",
            type=CODE,
            meaning="Показатель: доля, да/нет или число",
            good='"coverage"',
            bad='"no-such-indicator"',
            required=True,
            refers="indicator",
        ),
        BlockKey(
            name="level",
            type=CODE,
            meaning="Уровень показателя",
            good='"basic"',
            bad='"whole"',
            required=True,
            refers="level",
        ),
        BlockKey(
            name="cohort",
            type=CODE,
            meaning="Категория; без ключа `all`",
            good='"all"',
            bad='"no-such-cohort"',
            refers="cohort",
        ),
        BlockKey(
            name="period",
            type=TABLE,
            meaning="На какой период",
            good='{ kind = "year", year = 2022 }',
            bad='"2022"',
            required=True,
            keys=(
                BlockKey(
                    name="kind",
                    type=one_of("year", "school_year"),
                    meaning="Календарный или учебный год",
                    good='"year"',
                    bad='"quarter"',
                    required=True,
                ),
                BlockKey(
                    name="year",
                    type=YEAR,
                    meaning="Год; у учебного тот, в котором он начался",
                    good="2022",
                    bad='"2022"',
                    required=True,
                ),
            ),
        ),
        BlockKey(
            name="territory",
            type=TERRITORY,
            meaning="«Регион / Муниципалитет»; без ключа: всем, у кого нет своего",
            good='"Область / Район"',
            bad='"Область /"',
        ),
        BlockKey(
            name="percent",
            type=PERCENT,
            meaning="План доли или да/нет в процентах, не больше двух знаков после точки",
            good="75.5",
            bad="75.125",
        ),
        BlockKey(name="number", type=AMOUNT, meaning="План числа", good="120", bad="-1"),
        BlockKey(
            name="origin",
            type=one_of("document", "department", "demonstration"),
            meaning="Откуда: документ, управление (как без ключа), выдумано для показа",
            good='"document"',
            bad='"order"',
        ),
        BlockKey(
            name="ground",
            type=TABLE,
            meaning="Основание плана",
            good='{ document = "Приказ управления", number = "12", date = 2022-01-15, note = "" }',
            bad='"Приказ № 12"',
            keys=(
                BlockKey(name="document", type=ANY_TEXT, meaning="Документ", good='"Приказ управления"', bad="12"),
                BlockKey(name="number", type=ANY_TEXT, meaning="Номер", good='"12"', bad="12"),
                BlockKey(name="date", type=DATE, meaning="Дата", good="2022-01-15", bad='"15.01.2022"'),
                BlockKey(name="note", type=ANY_TEXT, meaning="Примечание", good='"На весь год"', bad="1"),
            ),
        ),
    ),
)

PROBLEM = Block(
    name="problem",
    plural="problems",
    meaning="Проблема: слова, которыми называется плохой показатель.",
    keys=(
        code_key("low-coverage", "Код проблемы"),
        BlockKey(
            name="indicator",
            type=CODE,
            meaning="Показатель",
            good='"coverage"',
            bad='"no-such-indicator"',
            required=True,
            refers="indicator",
        ),
        BlockKey(
            name="level",
            type=CODE,
            meaning="Уровень показателя",
            good='"basic"',
            bad='"whole"',
            required=True,
            refers="level",
        ),
        BlockKey(
            name="cohort",
            type=CODE,
            meaning="Категория; без ключа `all`",
            good='"disability"',
            bad='"no-such-cohort"',
            refers="cohort",
        ),
        BlockKey(
            name="when",
            type=one_of("not_met", "no", "judged", "trend"),
            meaning="Когда: план не достигнут; ответ «нет» (только да/нет); есть тенденция (только тенденция); "
            "по слову эксперта",
            good='"not_met"',
            bad='"no"',
            required=True,
        ),
        BlockKey(name="number", type=NUMBER_ON_PAPER, meaning="Номер в документе", good="3", bad='"3"'),
        BlockKey(
            name="text",
            type=TEXT,
            meaning="Текст проблемы",
            good='"Низкая доля охваченных"',
            bad='"Низкая доля {population.gen}"',
            required=True,
        ),
        *holding_keys("проблема"),
        source_key("letter-2023"),
    ),
)

ACTION = Block(
    name="action",
    plural="actions",
    meaning="Рекомендация: на какие проблемы отвечает, кому, к какому сроку.",
    keys=(
        code_key("act-1", "Код рекомендации"),
        BlockKey(
            name="answers",
            type=ANSWERS,
            meaning='Проблемы; `["*"]`: каждому адресату; `[]`: общая',
            good='["low-coverage"]',
            bad='["no-such-problem"]',
            required=True,
            refers="problem",
        ),
        BlockKey(
            name="addressee",
            type=CODE,
            meaning="Кому",
            good='"heads"',
            bad='"no-such-addressee"',
            required=True,
            refers="addressee",
        ),
        BlockKey(
            name="text",
            type=TEXT,
            meaning="Что сделать; `{events}` заменяется мероприятиями территории",
            good='"Организовать диагностику"',
            bad='""',
            required=True,
        ),
        BlockKey(
            name="short",
            type=TEXT,
            meaning="То же коротко, для слайда; без ключа на слайде `text`",
            good='"Организовать диагностику"',
            bad='""',
        ),
        BlockKey(
            name="deadline",
            type=TABLE,
            meaning="Срок: день документа или правило периода; без ключа срока нет. День, который для периода уже "
            "прошёл, не показывается",
            good='{ form = "next_day", day = "06-15" }',
            bad='"15 июня 2023 года"',
            keys=(
                BlockKey(
                    name="form",
                    type=one_of(*get_args(DeadlineForm)),
                    meaning="Нет; день (`date`); год (`year`); годы (`year`, `until`); учебный год (`year`: начало); "
                    "постоянно; первый такой день после периода (`day`); следующий год; следующий учебный год; "
                    "к началу учебного года; в течение `months` месяцев после коллегии",
                    good='"day"',
                    bad='"soon"',
                    required=True,
                ),
                BlockKey(name="date", type=DATE, meaning="День", good="2023-06-15", bad='"15.06.2023"'),
                BlockKey(name="year", type=YEAR, meaning="Год или первый из годов", good="2023", bad='"2023"'),
                BlockKey(name="until", type=YEAR, meaning="Последний из годов", good="2024", bad='"2024"'),
                BlockKey(name="day", type=MONTH_DAY, meaning="Месяц и день", good='"06-15"', bad='"15 июня"'),
                BlockKey(name="months", type=whole(1, 12), meaning="Сколько месяцев", good="1", bad='"1"'),
            ),
        ),
        BlockKey(
            name="shown",
            type=FLAG,
            meaning="Включена ли, пока территория не решила сама; без ключа включена та, что отвечает на проблему, "
            "а общая выключена",
            good="false",
            bad='"нет"',
        ),
        BlockKey(name="number", type=NUMBER_ON_PAPER, meaning="Номер в документе", good="7", bad='"7"'),
        BlockKey(name="place", type=ANY_TEXT, meaning="Место в документе", good='"прил. 1, п. 2"', bad="2"),
        *holding_keys("рекомендация"),
        source_key("letter-2023"),
    ),
)
