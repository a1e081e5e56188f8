"""The five source documents as records: organisations, judgements, meetings, items. No paragraph stands here as text.

Letter and protocol are of the demonstration's districts, which hold their counts and judgements; the other three are
entered here. Posts stand for persons; what the office fills in by hand is left to it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from proforient.catalogue.entries import Deadline
from proforient.documents.contents import (
    AgendaPoint,
    Conference,
    Contents,
    Cycle,
    CyclePaper,
    CycleStep,
    DraftItem,
    Meeting,
    MethodEvent,
    Platform,
    Practice,
    Review,
    Votes,
)
from proforient.documents.offices import Office
from proforient.monitoring import Judgement, Organisation
from proforient.store import campaign, enrolment, planning

IRBEY, BODAYBO, IZHEVSK = (
    "Красноярский край / Ирбейский район",
    "Иркутская область / г. Бодайбо и район",
    "Удмуртская Республика / город Ижевск",
)
MOMENT = dt.datetime(2022, 1, 10, 9, 0)
SCHOOL = ("primary", "basic", "secondary", "grades-6-11", "grades-1-11", "whole")
REGISTER = {
    "i-ust-yarul": ("school", "Усть-Ярульская СОШ", SCHOOL, IRBEY),
    "i-blagoveshchenka": ("school", "Благовещенская СОШ", SCHOOL, IRBEY),
    "i-talskaya": ("school", "Тальская СОШ", SCHOOL, IRBEY),
    "i-irbey-1": ("school", "Ирбейская СОШ № 1", SCHOOL, IRBEY),
    "i-verkhneurinskaya": ("school", "Верхнеуринская СОШ", SCHOOL, IRBEY),
    "i-garden-2": ("preschool", "Ирбейский детский сад № 2", ("preschool", "whole"), IRBEY),
    "i-authority": ("authority", "Управление образования", ("authority",), IRBEY),
    "b-school-1": ("school", "СОШ № 1 г. Бодайбо", SCHOOL, BODAYBO),
    "v-school-1": ("school", "СОШ № 1 г. Ижевска", SCHOOL, IZHEVSK),
}
# The shortcomings that the conference named; the words are the catalogue's.
NAMED = {
    ("in-demand-preferences", "basic"),
    ("coordination", "authority"),
    ("effect-assessment", "whole"),
    ("continuity-regulation", "authority"),
}


def add(store):
    """The three territories with a period and what experts said."""
    with store.write("test", based_on=None) as writer:
        enrolment.import_organisations(
            writer,
            [
                Organisation(code=code, name=name, kind=kind, levels=levels, territory=territory)
                for code, (kind, name, levels, territory) in REGISTER.items()
            ],
        )
        for territory in (IRBEY, BODAYBO, IZHEVSK):
            campaign.open_period(writer, "2021", closes=dt.date(2099, 1, 20), territory=territory, at=MOMENT)
        for problem in store.catalogue.problems.values():
            if (problem.indicator, problem.level) in NAMED:
                planning.add_judgement(writer, _judgement(problem))


def _judgement(problem):
    return Judgement(
        id="", period="2021", indicator=problem.indicator, level=problem.level, cohort="all", territory=IRBEY,
        organisation=None, outcome="shortcoming", text=problem.text, source="IV конференция", office="участники",
        date=dt.date(2022, 5, 17), percent=None, at=MOMENT,
    )  # fmt: skip


def items(state, first, last, *, due=(), alone=(), here=""):
    """Recommendations of the catalogue by their numbers; ``due``: number → deadline; ``alone``: to nobody.

    ``here`` is the territory that their words leave out.
    """
    numbers = {action.code: action.number for action in state.catalogue.actions.values()}
    dues = dict(due)
    made = []
    for a in sorted(state.advice.every, key=lambda a: numbers.get(a.code) or 0):
        n = numbers.get(a.code) or 0
        if first <= n <= last:
            text = re.sub(r"(учреждений муниципального образования|самоопределения обучающихся)$", rf"\1{here}", a.text)
            made.append(
                DraftItem(
                    key=a.code,
                    text=text,
                    addressee="" if n in alone else a.addressee,
                    answers=tuple(code for code in a.answers if code != "*"),
                    deadline=dues.get(n, Deadline()),
                )
            )
    return tuple(made)


def letter(state):
    """№ 837/1: what all are asked, and the appendix by addressee."""
    due = {4: Deadline(form="day", date=dt.date(2023, 6, 15))}
    worded = {
        "act-review-results": ("мониторинга", "мониторинга 2022 года"),
        "act-coverage-plan": ("на учебный год", "на 2023-2024 учебный год"),
    }
    return Contents(
        items=tuple(
            replace(item, text=item.text.replace(*worded[item.key])) if item.key in worded else item
            for item in items(state, 1, 19, due=due)
        )
    )


LETTERHEAD = Office(
    letterhead=(
        "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ",
        "АДМИНИСТРАЦИИ НЯЗЕПЕТРОВСКОГО МУНИЦИПАЛЬНОГО РАЙОНА",
        "ЧЕЛЯБИНСКОЙ ОБЛАСТИ",
    ),
    name="Управление образования администрации Нязепетровского муниципального района Челябинской области",
    territory_gen="Нязепетровского муниципального района",
    territory_prep="Нязепетровском муниципальном районе",
    ground="в приказе Министерства образования и науки Челябинской области от 30.12.2022 г. № 01/3089 «Об организации "
    "работы по итогам мониторинга эффективности организационно-педагогического сопровождения профессионального "
    "самоопределения обучающихся Челябинской области»",
    post=("Заместитель начальника", "Управления образования"),
)

SPEAKER = Office(post=("Ведущий эксперт Управления образования Администрации г. Ижевска",))

MONITORING = (
    "мониторинга организации профессионального самоопределения обучающихся в образовательных организациях городского "
    "округа ЗАТО п. Горный (в том числе с ОВЗ и детьми-инвалидами)"
)


def protocol(state):
    """№ 4 of 15 August 2022."""
    head = "начальник отдела по образованию"
    meeting = Meeting(
        body="рабочая группа",
        number="4",
        day=dt.date(2022, 8, 15),
        place="п. Горный",
        present=(
            head,
            "главный специалист отдела по образованию",
            "специалист 1 разряда, секретарь КДН и ЗП",
            "специалист 1 разряда (по опеке и попечительству)",
            "директор МОУ «СОШ № 1»",
            "заместитель директора по воспитательной работе",
            "заместитель директора по учебной работе",
        ),
        agenda=(
            AgendaPoint(
                question=f"Анализ результатов {MONITORING}",
                speaker=head,
                co_speaker="специалист 1 разряда отдела по образованию",
            ),
            AgendaPoint(
                question=f"Формирование предложений и адресных рекомендаций по повышению показателей {MONITORING}",
                speaker=head,
            ),
        ),
        agenda_votes=Votes(yes=7, no=0),
    )
    return Contents(items=items(state, 20, 29), meeting=meeting)


def resolution(state):
    """The fourth conference of Ирбейский район."""
    inner = (
        "Профессиональная ориентация обучающихся (воспитанников) на основе внутренних ресурсов самой образовательной "
        "организации"
    )
    event = Conference(
        name="IV муниципальная конференция",
        theme="Создаем будущее сегодня",
        day=dt.date(2022, 5, 17),
        organiser="управление образования администрации Ирбейского района",
        programme="муниципальной программы «Системный подход в организации профориентационной работы в муниципальной "
        "системе образования Ирбейского района на 2020-2024 гг.»",
        purpose="для обсуждения интеграции психолого-педагогических знаний, выявления и распространения лучших практик "
        "и методов профориентационной работы с обучающимися образовательных организаций для совершенствования "
        "методического обеспечения и повышения эффективности профориентационной работы",
        platforms=(
            Platform(
                name=f"{inner}: деятельность психолого-педагогической службы ОО, как одно из условий для совершения "
                "осознанного выбора дальнейшей траектории обучения"
            ),
            Platform(name="Профессиональная ориентация обучающихся на основе партнерства"),
            Platform(name=f"{inner}: эффективные формы профориентационной работы"),
            Platform(
                name="Управление профориентационной деятельностью",
                form="круглый стол",
                about="проблем управления профориентационной работой в ОО",
                presented="управленческую систему работы",
                organisations=("i-ust-yarul", "i-garden-2"),
            ),
        ),
        considered=(
            "современные тенденции в области профессиональной ориентации",
            "положительный опыт создания условий для профессионального самоопределения обучающихся",
        ),
        shown=(
            "методики профориентационной работы с учащимися в формате мастер-классов",
            "технологии информирования о профессиях, профориентационной диагностики и консультирования",
            "форматы взаимодействия в рамках профессионального самоопределения молодежи",
        ),
        participants=42,
        organisations=16,
    )
    schools = [code for code, (kind, *_, home) in REGISTER.items() if home == IRBEY and kind == "school"]
    practices = tuple(
        Practice(title="Практика педагогов", organisation=code, author="педагог", review=Review.RECOMMENDED)
        for code in schools
    )
    named = ", ".join(REGISTER[code][1] for code in schools)
    chosen = tuple(
        replace(
            item,
            text=f"{item.text} «Инновационный опыт в системе образования – основа системных изменений», РАОП: {named}",
        )
        if item.key == "act-present-practices"
        else item
        for item in items(state, 30, 43, due={40: Deadline(form="school_year", year=2022)})
    )
    return Contents(items=chosen, conference=event, practices=practices)


def decision(state):
    """The collegium of Бодайбо of 25 February 2022."""
    both = Deadline(form="years", year=2022, until=2023)
    due = dict.fromkeys((45, 48, 49, 52, 56), both) | {
        46: Deadline(form="standing"),
        47: Deadline(form="year", year=2022),
    }
    whose = "обучающихся образовательных учреждений муниципального образования г. Бодайбо и района"
    chosen = [
        replace(
            item,
            text=item.text.replace("«дорожной карты» по", "«дорожной карты» в 2022-2023 году по"),
            addressee="МКУ «Ресурсный центр г. Бодайбо и района»"
            if item.addressee == "methodical-centre"
            else item.addressee,
        )
        for item in items(state, 44, 58, due=due, alone=(44,), here=" образовательных учреждений г. Бодайбо и района")
    ]
    model = "педагогического сопровождения профессионального самоопределения"
    meeting = Meeting(
        body="коллегия",
        day=dt.date(2022, 2, 25),
        theme="Новое качество образовательных результатов обучения: ориентация на индивидуализацию образования и "
        "профессиональное самоопределение",
        chair="Заместитель председателя",
        heard=(
            "положения «Концепции сопровождения профессионального самоопределения детей и молодежи Иркутской области в "
            "условиях перехода к цифровой экономике и информационному обществу на период 2021-2025 годы» "
            "(далее – Концепция)",
            f"проект муниципальной модели {model} {whose}",
            "вопросы проектирования индивидуальной программы обучения и воспитания на основе углубленной диагностики",
            "организации начальной профессиональной подготовки и профессиональной ориентации школьников",
            "психолого-педагогического сопровождения обучающихся в образовательных организациях в вопросах "
            "профориентации и самоопределения",
            "взаимодействия классных руководителей с родителями по организации профессионального самоопределения "
            "обучающихся",
            "преемственности в процессе сопровождения профессионального самоопределения обучающихся и студентов",
        ),
        considering=(
            "федеральные критерии оценки системы работы по самоопределению и профессиональной ориентации обучающихся",
            "приоритетные задачи развития региональной системы сопровождения профессионального самоопределения "
            "Иркутской области в 2021-2025 гг",
        ),
    )
    return Contents(items=tuple(chosen), meeting=meeting)


def system(state):
    """The management cycle of Ижевск."""
    order, city = "Приказ Управления образования", "муниципальных общеобразовательных организаций г. Ижевска"
    of_city = "Приказ Управления образования Администрации г. Ижевска"
    work = "системы работы по СОиПО обучающихся"

    def paper(kind, title="", number="", day=None, period=""):
        return CyclePaper(kind=kind, title=title, number=number, day=day, period=period)

    steps = (
        CycleStep(
            name=f"Создание рабочей группы по организации мониторинга {work} {city}",
            papers=(
                paper(order, f"О составе рабочей группы по организации мониторинга {work} {city}", "001",
                      dt.date(2022, 1, 10)),
                paper(order, "Об утверждении положения о рабочей группе по реализации Плана мероприятий «Дорожная "
                      f"карта» по проведению муниципального мониторинга {work} муниципальных ОО г. Ижевска", "038",
                      dt.date(2022, 1, 28)),
            ),
        ),
        CycleStep(
            name="Создание городского методического объединения по СОиПО",
            papers=(
                paper("Протоколы заседаний рабочей группы", period="от 19.01.22, 26.01.22, 17.02.22"),
                paper(order, "О назначении руководителей городского и районных методических объединений", "066",
                      dt.date(2022, 2, 18)),
            ),
        ),
        CycleStep(
            name="Анализ результатов оценки механизмом управления системой работы по СОиПО обучающихся муниципальных "
            "ОО г. Ижевска",
            papers=(paper("Аналитическая справка", period="январь 2022 г."),),
        ),
        CycleStep(
            name="Разработка Концепции сопровождения самоопределения и профессиональной ориентации обучающихся "
            "муниципальных ОО г. Ижевска",
            papers=(
                paper(of_city, "Об утверждении Концепции сопровождения самоопределения и профессиональной ориентации "
                      f"обучающихся {city} на период до 2025 года", "080", dt.date(2022, 2, 25)),
            ),
        ),
        CycleStep(
            name=f"Разработка показателей и критериев оценки {work}",
            papers=(
                paper("Интеграция республиканских и муниципальных показателей мониторинга по СОиПО",
                      period="Старт – март 2022 г. Финиш – апрель 2022 г."),
                paper(of_city, "Об утверждении Положения о муниципальной системе оценки качества образования в "
                      "муниципальных образовательных учреждениях, подведомственных Управлению образования "
                      "Администрации города Ижевска"),
                paper(of_city, f"Об утверждении показателей и критериев оценки системы СОиПО обучающихся {city}",
                      "081", dt.date(2022, 2, 25)),
            ),
        ),
        CycleStep(
            name=f"Разработка методических рекомендаций по организации и проведению мониторинга {work}",
            papers=(
                paper("Разработка, рассмотрение и утверждение методических рекомендаций на заседании рабочей группы",
                      period="протокол заседания РГ № 3 от 17.02.2022"),
            ),
        ),
        CycleStep(
            name=f"Организация и проведение мониторинга {work}",
            papers=(
                paper(of_city, f"Об утверждении Положения о мониторинге {work} муниципальных ОО г. Ижевска"),
                paper("Письмо руководителям муниципальных ОО г. Ижевска", f"о проведении мониторинга {work}",
                      period="2021 – 2022 г.г."),
            ),
        ),
    )  # fmt: skip
    finding = "Выявление предпочтений обучающихся в области профессиональной ориентации"
    support = "Сопровождение профессионального самоопределения обучающихся: планы и перспективы"
    orient = "самоопределению и профессиональной ориентации обучающихся"
    events = (
        MethodEvent(day=dt.date(2022, 3, 10), form="Семинар-практикум", theme=finding),
        MethodEvent(day=dt.date(2022, 3, 24), form="Семинар", theme=f"Система работы по {orient}"),
        MethodEvent(day=dt.date(2022, 4, 14), form="Круглый стол", theme=support),
        MethodEvent(
            day=dt.date(2022, 4, 21),
            form="Методический семинар",
            theme=f"Оценка эффективности системы работы по {orient}",
        ),
        MethodEvent(
            day=dt.date(2022, 4, 28),
            form="Семинар-практикум",
            theme=f"Моделирование сетевого взаимодействия по {orient}",
        ),
    )
    ground = paper(
        "Приказ Управления образования Администрации города Ижевска",
        "О совершенствовании системы управления качеством образования на территории «Город Ижевск»",
        "616",
        dt.date(2021, 11, 12),
    )
    aim = (
        "активизация обучающихся по формированию профессионального самоопределения, формирование комплекса "
        "профориентационно значимых компетенций, поддержка профессионального (профессионально-образовательного) выбора"
    )
    cycle = Cycle(
        ground=ground, aim=aim, steps=steps, events=events, method_place="на базе МАУ ИМЦ «Альтернатива» (г. Ижевск)"
    )
    return Contents(items=items(state, 59, 66), cycle=cycle)
