"""Every code has its faulty file in tests/data/files, and the file shows it; no file is anything but small."""

from __future__ import annotations

import pytest
from corpus import CONTEXT, NAMES, WHOSE, styled
from intake_files import FILES, catalogue, check, codes, known, numbers

from proforient.documents.left_out import left_out
from proforient.intake.findings import CODES
from proforient.intake.read import read_bytes
from proforient.intake.screen import screen

CORPUS = {file.stem: file for file in FILES.iterdir() if file.suffix != ".toml"}


def test_every_code_has_one_file_and_every_file_is_small():
    assert set(CORPUS) == set(CODES)
    assert all(file.stat().st_size < 40_000 for file in CORPUS.values())


@pytest.mark.parametrize("code", CODES)
def test_the_file_shows_its_fault_with_its_gravity(code):
    file = CORPUS[code]
    name = NAMES.get(code, file.name)
    screening = check(file.read_bytes(), name, organisation=WHOSE.get(code), **CONTEXT.get(code, {}))
    if screening.contacts:
        reading, _ = left_out(read_bytes(name, file.read_bytes()), screening.contacts)
        screening = screen(reading, catalogue(), known())
    severities = {f.severity for f in screening.findings if f.code == code}
    assert CODES[code].severity in severities, codes(screening)
    if CODES[code].severity == "error":
        assert not screening.acceptable
    for found in screening.findings:
        assert found.message and found.to_do and len(found.to_do) <= 140


def test_sixteen_thousand_styled_empty_cells_harm_nothing():
    screening = check(styled())
    assert screening.acceptable and len(numbers(screening)) == 2
