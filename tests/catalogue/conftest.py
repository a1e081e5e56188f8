"""The small catalogue, whole or spoilt, and what the checker says of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from catalogue_files import SMALL, Check, Spoil

from proforient.catalogue.entries import Mistake
from proforient.catalogue.read import check_catalogue


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Checks a text as a catalogue file."""

    def run(text: str) -> tuple[Mistake, ...]:
        file = tmp_path / "catalogue.toml"
        file.write_text(text, encoding="utf-8")
        return check_catalogue(file)

    return run


@pytest.fixture
def spoil(check: Check) -> Spoil:
    """Checks the small catalogue with each pair (old, new) replaced where old first stands; old must be there."""

    def run(*pairs: tuple[str, str]) -> tuple[Mistake, ...]:
        text = SMALL.read_text(encoding="utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new, 1)
        return check(text)

    return run
