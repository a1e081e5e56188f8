"""Keys of the blocks that say who is asked and on what ground: from ``catalogue`` to ``task``."""

from __future__ import annotations

from proforient.catalogue.shape import Block, BlockKey, code_key, holding_keys, source_key
from proforient.catalogue.value_types import (
    ANY_TEXT,
    ANY_TEXTS,
    CODE,
    CODES,
    DATE,
    DEFAULT_TIMEZONE,
    GRADES,
    TABLE,
    TEXT,
    TEXTS,
    TIMEZONE,
    one_of,
    whole,
)

WORDS_OF_POPULATION = ("nom", "gen")

CATALOGUE = Block(
    name="catalogue",
    plural="",
    meaning="Заголовок каталога, один на файл: `[catalogue]`.",
    keys=(
        code_key("example", "Код каталога; хранится с каждым периодом, два каталога в одном периоде не смешиваются"),
        BlockKey(name="version", type=TEXT, meaning="Версия каталога", good='"2026.1"', bad="2026"),
        BlockKey(
            name="aim",
            type=TEXT,
            meaning="Стратегическая цель, которой служат цели каталога",
            good='"Активизация обучающихся"',
            bad='""',
        ),
        BlockKey(
            name="timezone",
            type=TIMEZONE,
            meaning=f"Пояс, в котором кончаются дни сроков; без ключа {DEFAULT_TIMEZONE}",
            good='"Asia/Yekaterinburg"',
            bad='"Уральское время"',
        ),
    ),
)

SOURCE = Block(
    name="source",
    plural="sources",
    meaning="Документ, из которого взяты показатели, проблемы и рекомендации.",
    keys=(
        code_key("letter-2023", "Код документа"),
        BlockKey(
            name="kind",
            type=one_of("letter", "protocol", "resolution", "decision", "presentation", "law", "statistics"),
            meaning="Вид: письмо, протокол, постановление, решение, презентация, закон, статистика",
            good='"letter"',
            bad='"mail"',
        ),
        BlockKey(
            name="title",
            type=TEXT,
            meaning="Название; без ключа печатается код",
            good='"Письмо управления образования"',
            bad='""',
            falls_back="code",
        ),
        BlockKey(name="number", type=ANY_TEXT, meaning="Номер", good='"837/1"', bad="837"),
        BlockKey(name="date", type=DATE, meaning="Дата", good="2023-05-04", bad='"04.05.2023"'),
        BlockKey(
            name="date_is",
            type=one_of("exact", "not before", "not after"),
            meaning="Точна ли дата: `exact` (как без ключа), `not before`, `not after`",
            good='"not before"',
            bad='"примерно"',
        ),
        BlockKey(
            name="address",
            type=ANY_TEXT,
            meaning="Адрес опубликованного текста",
            good='"https://example.org/letter"',
            bad="false",
        ),
        *holding_keys("документ"),
    ),
)

EVENT_LIST = Block(
    name="event_list",
    plural="event_lists",
    meaning="Региональные мероприятия: стоят в рекомендациях на месте `{events}`, пока территория не назвала своих.",
    keys=(
        code_key("events-region", "Код перечня"),
        BlockKey(
            name="names",
            type=TEXTS,
            meaning="Названия мероприятий без кавычек",
            good='["День профессии"]',
            bad='"День профессии"',
            required=True,
        ),
        *holding_keys("перечень"),
        source_key("letter-2023"),
    ),
)

LEVEL = Block(
    name="level",
    plural="levels",
    meaning="Уровень: ступень образования, полоса классов, организация в целом или сам орган управления.",
    keys=(
        code_key("basic", "Код уровня"),
        BlockKey(
            name="kind",
            type=one_of("stage", "band", "whole", "authority"),
            meaning="Ступень, полоса классов поперёк ступеней, организация в целом, сам орган управления",
            good='"stage"',
            bad='"grade"',
            required=True,
        ),
        BlockKey(
            name="name", type=TEXT, meaning="Название", good='"Основное общее образование"', bad='""', required=True
        ),
        BlockKey(
            name="short",
            type=TEXT,
            meaning="Короткое название для таблиц; без ключа полное",
            good='"Основное"',
            bad='""',
            falls_back="name",
        ),
        BlockKey(
            name="aliases",
            type=ANY_TEXTS,
            meaning="Другие написания в файлах; пустая строка: пустая клетка «Уровень» у показателя с одним уровнем",
            good='["ООО", "5–9 классы"]',
            bad='"ООО"',
        ),
        BlockKey(name="grades", type=GRADES, meaning="Первый и последний класс", good="[5, 9]", bad="[9, 5]"),
        BlockKey(
            name="population",
            type=TABLE,
            meaning="Кого считают на уровне; этими словами заполняются названия",
            good='{ nom = "обучающиеся 5–9 классов", gen = "обучающихся 5–9 классов" }',
            bad='"обучающиеся"',
            keys=(
                BlockKey(
                    name="nom",
                    type=TEXT,
                    meaning="Кто: ставится вместо `{population.nom}`",
                    good='"обучающиеся 5–9 классов"',
                    bad='""',
                ),
                BlockKey(
                    name="gen",
                    type=TEXT,
                    meaning="Кого: ставится вместо `{population.gen}`",
                    good='"обучающихся 5–9 классов"',
                    bad='""',
                ),
            ),
        ),
        BlockKey(
            name="overlaps",
            type=CODES,
            meaning="Уровни, где может стоять тот же ребёнок: с ними этот не складывают",
            good='["additional"]',
            bad='["no-such-level"]',
            refers="level",
        ),
        BlockKey(
            name="chart",
            type=whole(1, 99),
            meaning="Место на главной диаграмме уровней; без ключа уровня на ней нет",
            good="3",
            bad="0",
        ),
    ),
)

COHORT = Block(
    name="cohort",
    plural="cohorts",
    meaning="Категория детей: все, ОВЗ и инвалиды.",
    keys=(
        code_key("disability", "Код категории; «все» имеют код `all`"),
        BlockKey(name="name", type=TEXT, meaning="Название", good='"ОВЗ и инвалиды"', bad='""', required=True),
        BlockKey(name="aliases", type=TEXTS, meaning="Другие написания в файлах", good='["ОВЗ"]', bad='"ОВЗ"'),
        BlockKey(
            name="part_of",
            type=CODE,
            meaning="Часть какой категории: часть не больше целого, и остаток тоже проверяется",
            good='"all"',
            bad='"no-such-cohort"',
            refers="cohort",
        ),
    ),
)

ORGANISATION_KIND = Block(
    name="organisation_kind",
    plural="organisation_kinds",
    meaning="Вид организации. Уровни самой организации решает реестр, вид их только предлагает.",
    keys=(
        code_key("school", "Код вида"),
        BlockKey(name="name", type=TEXT, meaning="Название", good='"школа"', bad='""', required=True),
        BlockKey(
            name="proposes",
            type=CODES,
            meaning="Уровни, которые предлагаются новой организации",
            good='["basic", "whole"]',
            bad='["no-such-level"]',
            required=True,
            refers="level",
        ),
        BlockKey(
            name="allows",
            type=CODES,
            meaning="Уровни, которые у неё ещё бывают",
            good='["additional"]',
            bad='["no-such-level"]',
            refers="level",
        ),
        BlockKey(name="aliases", type=TEXTS, meaning="Другие написания в файлах", good='["СОШ"]', bad='[""]'),
        BlockKey(
            name="addressee",
            type=CODE,
            meaning="Кому адресуются рекомендации для таких организаций",
            good='"heads"',
            bad='"no-such-addressee"',
            refers="addressee",
        ),
    ),
)

ADDRESSEE = Block(
    name="addressee",
    plural="addressees",
    meaning="Адресат рекомендаций.",
    keys=(
        code_key("heads", "Код адресата"),
        BlockKey(
            name="dative",
            type=TEXT,
            meaning="Кому: заголовок перечня рекомендаций; без ключа печатается код",
            good='"Руководителям школ"',
            bad='""',
            falls_back="code",
        ),
        BlockKey(
            name="short",
            type=TEXT,
            meaning="То же коротко, для слайда; без ключа на слайде `dative`",
            good='"Руководителям школ"',
            bad='""',
        ),
    ),
)

GROUP = Block(
    name="group",
    plural="groups",
    meaning="Группа показателей.",
    keys=(
        code_key("g1", "Код группы"),
        BlockKey(name="number", type=whole(1, 999), meaning="Номер группы", good="1", bad='"1"'),
        BlockKey(name="name", type=TEXT, meaning="Название", good='"Профессиональные пробы"', bad='""', required=True),
        source_key("letter-2023"),
    ),
)

GOAL = Block(
    name="goal",
    plural="goals",
    meaning="Цель муниципальной системы.",
    keys=(
        code_key("c1", "Код цели"),
        BlockKey(name="number", type=whole(1, 999), meaning="Номер цели", good="1", bad='"Ц1"'),
        BlockKey(name="name", type=TEXT, meaning="Название", good='"Выявление предпочтений"', bad='""', required=True),
        BlockKey(name="ground", type=ANY_TEXT, meaning="Обоснование", good='"Нужно знать, чего хотят дети"', bad="1"),
        BlockKey(
            name="municipal",
            type=TEXTS,
            meaning="Что делает муниципалитет",
            good='["Банк методик"]',
            bad='"Банк методик"',
        ),
        source_key("letter-2023"),
    ),
)

TASK = Block(
    name="task",
    plural="tasks",
    meaning="Задача при цели.",
    keys=(
        code_key("task-1", "Код задачи"),
        BlockKey(name="number", type=ANY_TEXT, meaning="Номер, как он печатается", good='"1.М.1"', bad="1"),
        BlockKey(name="goal", type=CODE, meaning="Цель", good='"c1"', bad='"no-such-goal"', refers="goal"),
        BlockKey(
            name="level",
            type=CODE,
            meaning="Чья задача: уровень органа управления или организации в целом",
            good='"whole"',
            bad='"no-such-level"',
            refers="level",
        ),
        BlockKey(name="text", type=TEXT, meaning="Текст", good='"Рассказать школам о банке методик"', bad='""'),
        BlockKey(
            name="indicators",
            type=CODES,
            meaning="Показатели, по которым видно, что она решена",
            good='["page"]',
            bad='["no-such-indicator"]',
            refers="indicator",
        ),
        source_key("letter-2023"),
    ),
)
