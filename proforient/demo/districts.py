"""The two demonstration districts: who reports, and what the source documents say of them.

The shares of 2022 in Нязепетровск are those of letter № 837/1 (40, 80, 70 and 80 %); the organisations and their
numbers are invented so that their sums give exactly these shares and no organisation has the district's own.
"""

from __future__ import annotations

from typing import NamedTuple

from proforient.monitoring import Organisation

NYAZEPETROVSK = "Челябинская область / Нязепетровский муниципальный район"
GORNY = "Забайкальский край / ЗАТО п. Горный"
ZONES = {NYAZEPETROVSK: "Asia/Yekaterinburg", GORNY: "Asia/Chita"}
INVENTED = "выдумана для демонстрации"

STAGES = ("preschool", "primary", "basic", "secondary", "additional")


class Covered(NamedTuple):
    """Children covered and children in all, of one organisation at one level."""

    covered: int
    pupils: int


# What each invented organisation reported for 2022, by level; the sums are the letter's shares.
COVERAGE_2022: dict[str, dict[str, Covered]] = {
    "n-school-severnaya": {
        "primary": Covered(158, 200),
        "basic": Covered(168, 262),
        "secondary": Covered(35, 42),
    },
    "n-school-zarechnaya": {
        "primary": Covered(109, 130),
        "basic": Covered(118, 170),
        "secondary": Covered(18, 24),
    },
    "n-school-lesnaya": {
        "primary": Covered(71, 88),
        "basic": Covered(76, 112),
        "secondary": Covered(18, 22),
    },
    "n-school-rechnaya": {"primary": Covered(38, 54), "basic": Covered(45, 70)},
    "n-school-polevaya": {
        "primary": Covered(60, 70),
        "basic": Covered(70, 88),
        "secondary": Covered(8, 12),
    },
    "n-school-gornaya": {"primary": Covered(32, 44), "basic": Covered(42, 56)},
    "n-school-ozyornaya": {
        "primary": Covered(44, 54),
        "basic": Covered(62, 72),
        "secondary": Covered(9, 10),
    },
    "n-garden-ryabinka": {"preschool": Covered(42, 130)},
    "n-garden-teremok": {"preschool": Covered(44, 128)},
    "n-garden-solnyshko": {"preschool": Covered(58, 120)},
    "n-garden-skazka": {"preschool": Covered(48, 106)},
    "n-garden-kolosok": {"preschool": Covered(40, 96)},
}

# Children known from the statistical form of organisations that reported no coverage.
CONTINGENT_2022: dict[str, dict[str, int]] = {
    "n-garden-lastochka": {"preschool": 70},
    "n-club-raduga": {"additional": 240},
    "n-club-start": {"additional": 165},
    "n-club-garmoniya": {"additional": 95},
}

_SCHOOL_LEVELS = ("primary", "basic", "secondary", "grades-6-11", "grades-1-11", "whole")
_BASIC_SCHOOL_LEVELS = ("primary", "basic", "grades-6-11", "grades-1-11", "whole")


def _school(code: str, name: str, inn: str, levels: tuple[str, ...]) -> Organisation:
    return Organisation(
        code=code,
        inn=inn,
        name=f"Школа «{name}»",
        full_name=f"Общеобразовательная организация «{name}» ({INVENTED})",
        kind="school",
        levels=levels,
        territory=NYAZEPETROVSK,
    )


def _garden(code: str, name: str, inn: str) -> Organisation:
    return Organisation(
        code=code,
        inn=inn,
        name=f"Детский сад «{name}»",
        full_name=f"Дошкольная образовательная организация «{name}» ({INVENTED})",
        kind="preschool",
        levels=("preschool", "whole"),
        territory=NYAZEPETROVSK,
    )


def _club(code: str, name: str, full_name: str, inn: str) -> Organisation:
    return Organisation(
        code=code,
        inn=inn,
        name=name,
        full_name=f"{full_name} ({INVENTED})",
        kind="additional",
        levels=("additional", "whole"),
        territory=NYAZEPETROVSK,
    )


def organisations() -> tuple[Organisation, ...]:
    """The registers of both districts; ИНН of the invented ones are outside the range that is given out."""
    return (
        _school("n-school-severnaya", "Северная", "0000000101", _SCHOOL_LEVELS),
        _school("n-school-zarechnaya", "Заречная", "0000000102", _SCHOOL_LEVELS),
        _school("n-school-lesnaya", "Лесная", "0000000103", _SCHOOL_LEVELS),
        _school("n-school-rechnaya", "Речная", "0000000104", _BASIC_SCHOOL_LEVELS),
        _school("n-school-polevaya", "Полевая", "0000000105", _SCHOOL_LEVELS),
        _school("n-school-gornaya", "Горная", "0000000106", _BASIC_SCHOOL_LEVELS),
        _school("n-school-ozyornaya", "Озёрная", "0000000107", _SCHOOL_LEVELS),
        _garden("n-garden-ryabinka", "Рябинка", "0000000201"),
        _garden("n-garden-teremok", "Теремок", "0000000202"),
        _garden("n-garden-solnyshko", "Солнышко", "0000000203"),
        _garden("n-garden-skazka", "Сказка", "0000000204"),
        _garden("n-garden-kolosok", "Колосок", "0000000205"),
        _garden("n-garden-lastochka", "Ласточка", "0000000206"),
        _club("n-club-raduga", "Дом творчества «Радуга»", "Дом детского творчества «Радуга»", "0000000301"),
        _club("n-club-start", "Спортшкола «Старт»", "Детско-юношеская спортивная школа «Старт»", "0000000302"),
        _club("n-club-garmoniya", "Школа искусств «Гармония»", "Детская школа искусств «Гармония»", "0000000303"),
        Organisation(
            code="n-authority",
            name="Управление образования",
            full_name="Управление образования администрации Нязепетровского муниципального района",
            kind="authority",
            levels=("authority",),
            territory=NYAZEPETROVSK,
        ),
        Organisation(
            code="g-school-1",
            name="МОУ «СОШ № 1»",
            full_name="Муниципальное общеобразовательное учреждение «СОШ № 1», ЗАТО п. Горный",
            kind="school",
            levels=_SCHOOL_LEVELS,
            territory=GORNY,
        ),
        Organisation(
            code="g-school-2",
            name="МОУ «СОШ № 2»",
            full_name="Муниципальное общеобразовательное учреждение «СОШ № 2», ЗАТО п. Горный",
            kind="school",
            levels=_SCHOOL_LEVELS,
            territory=GORNY,
        ),
        Organisation(
            code="g-authority",
            name="Отдел по образованию",
            full_name="Отдел по образованию администрации ЗАТО п. Горный",
            kind="authority",
            levels=("authority",),
            territory=GORNY,
        ),
    )
