"""Who is a person and what is a kindergarten, a school named after somebody, a town or a republic."""

from __future__ import annotations

import pytest
from intake_files import GOOD, HEADER, check, codes, found, good, text, xlsx_of

WIDE = ("Организация", "Уровень", "covered", "Численность обучающихся")
LEVELS = ("Начальное", "Основное", "Среднее")

PLACES = {
    "kindergartens": [
        "Садик Колосок",
        "Садик Ласточка",
        "Садик Рябинка",
        "Садик Сказка",
        "Садик Солнышко",
        "Садик Дюймовочка",
    ],
    "nurseries": [
        "Детский Сад",
        "Ясли Малыш",
        "Золотой Ключик",
        "Золотой Петушок",
        "Золотая Рыбка",
        "Аленький Цветочек",
    ],
    "capitals": ["САДИК КОЛОСОК", "САДИК БЕРЁЗКА", "САДИК РЯБИНКА", "САДИК СКАЗКА", "САДИК СОЛНЫШКО"],
    "republics": [
        *("Республика Башкортостан", "Республика Дагестан", "Республика Карелия", "Республика Коми", "Пермский Край"),
        *("Ханты-Мансийский автономный округ", "Московская Область", "Алтайский Край", "Город Киров", "Село Ивановка"),
    ],
    "schools": [
        *("Школа Маяковского", "Лицей Ломоносова", "Гимназия Пушкина", "Лицей Лобачевского", "Школа Гагарина"),
        *("Школа Королёва", "Гимназия Анны Ахматовой", "Школа Петра Ивлева"),
    ],
    "honoured": [
        *("школа имени Героя Советского Союза Иванова", "МБОУ СОШ им. Ивлева П. П.", "Лицей имени Анны Ивлевой"),
        *("Гимназия памяти Петра Ивлева", "Школа имени Маршала Ивлева"),
    ],
    "streets": ["улица Петрова", "Улица Пушкина", "Улица Ленина", "Улица Гагарина", "Проспект Кирова", "Улица Титова"],
    "towns": ["Верхний Уфалей", "Нижний Тагил", "Старый Оскол", "Новый Уренгой", "Великий Новгород", "Горный Округ"],
    "settlements": ["Деревня Петрово", "Посёлок Ивлево", "Станица Луговая", "Село Берёзовка", "Хутор Лесной"],
}


@pytest.mark.parametrize("make", [text, xlsx_of], ids=["csv", "xlsx"])
@pytest.mark.parametrize("names", PLACES.values(), ids=PLACES)
def test_organisations_and_places_are_nobody(names, make):
    rows = [(name, LEVELS[at % 3], 45, 240) for at, name in enumerate(names)]
    screening = check(make(*rows, header=WIDE))
    assert "personal-data" not in codes(screening), [f.row for f in found(screening, "personal-data")]
    assert [q.text for q in screening.unanswered if q.kind == "organisation"] == names
    remarks = [(*good(level=LEVELS[at % 3]), name) for at, name in enumerate(names[:3])]
    assert "personal-data" not in codes(check(make(*remarks, header=(*HEADER, "Место"))))


PEOPLE = {
    "surname first": ["Ивлев Пётр", "Ивлева Анна", "Соснов Лука", "Прудова Мила", "Вгдеев Назар"],
    "name first": ["Пётр Ивлев", "Анна Ивлева", "Лука Соснов", "Мила Прудова", "Назар Вгдеев"],
    "rare names": ["Баженов Лука", "Жукова Мила", "Седова Рада", "Чайкин Назар", "Юдина Майя"],
    "unusual surnames": ["Мороз Назар", "Гусь Лука", "Кравец Потап", "Ким Алина", "Шевченко Рада"],
    "names nobody lists": ["Ивлев Светозар", "Соснов Добромир", "Прудова Любомила", "Вгдеева Ярина", "Жуков Пересвет"],
    "capitals": ["ИВЛЕВ ПЁТР", "ИВЛЕВА АННА", "СОСНОВ ЛУКА", "ПРУДОВА МИЛА", "ВГДЕЕВ НАЗАР"],
    "oblique": ["Ивлеву Петру", "Ивлевой Анне", "Соснову Ивану", "Прудовой Марии", "Вгдееву Олегу"],
    "full": [
        "Ивлев Пётр Сергеевич",
        "Ивлева Анна Петровна",
        "Соснов Лука Ильич",
        "Прудова Мила Олеговна",
        "Вгдеев Н. П.",
    ],
    "initials": ["Ивлев И. И.", "Ивлева А. П.", "Соснов Л. И.", "Прудова М. О.", "Вгдеев Н. П."],
    "one initial": ["Ивлев И.", "Ивлева А.", "Соснов Л.", "Прудова М.", "Вгдеев Н."],
    "initials first": ["И. Ивлев", "А. Ивлева", "Л. Соснов", "М. Прудова", "Н. Вгдеев"],
    "small letters": ["ивлев пётр", "ивлева анна", "соснов иван", "прудова мария", "вгдеев олег"],
    "latin": ["Ivlev Petr", "Ivleva Anna", "Sosnov Luka", "Prudova Mila", "Vgdeev Nazar"],
    "with classes": ["Ивлев Пётр 5А", "Ивлева Анна 5Б", "Соснов Иван 6А", "Прудова Мария 7В", "Вгдеев Олег 8Г"],
    "Tatar": ["Ивлев Ильнур", "Ивлева Гузель", "Соснов Айрат", "Прудова Айгуль", "Вгдеев Рузиль"],
}


@pytest.mark.parametrize("heading", ["Кто", "Организация", "Место"])
@pytest.mark.parametrize("names", PEOPLE.values(), ids=PEOPLE)
def test_lists_of_people_are_refused_whatever_their_form_and_heading(names, heading):
    if heading == "Организация":
        data = text(*[(name, LEVELS[at % 3], 45, 240) for at, name in enumerate(names)], header=WIDE)
    else:
        rows = [(*good(level=LEVELS[at % 3]), name) for at, name in enumerate(names)]
        data = text(*rows, header=(*HEADER, heading))
    screening = check(data)
    assert "personal-data" in codes(screening) and not screening.acceptable
    shown = " ".join(f"{f.message} {f.value or ''}" for f in screening.findings) + repr(screening.unanswered)
    assert not any(name in shown for name in names)


@pytest.mark.parametrize(
    "heading", ["ФИО", "Ф.И.О.", "Фамилия", "Фамилия, имя", "Ученик", "Ученица", "СНИЛС", "Дата рождения", "Имя"]
)
def test_a_heading_tells_a_list_of_people(heading):
    screening = check(text((*GOOD, "Йцукен"), header=(*HEADER, heading)))
    assert "personal-data" in codes(screening)


@pytest.mark.parametrize("cell", ["Ивлевой Анне", "от Петра Ивлева", "ИВЛЕВ ПЁТР", "Ивлев Пётр"])
def test_one_person_in_a_remark_is_enough(cell):
    assert "personal-data" in codes(check(text((*GOOD, cell), header=(*HEADER, "Примечание"))))


def test_kindergartens_beside_people_do_not_hide_them():
    rows = [(*good(level=LEVELS[at % 3]), name) for at, name in enumerate([*PLACES["kindergartens"], "Ивлева Дарья"])]
    screening = check(text(*rows, header=(*HEADER, "Место")))
    assert [f.row for f in found(screening, "personal-data")] == [8]
