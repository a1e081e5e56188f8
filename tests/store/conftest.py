"""Stores to test on: in both forms, filled with the tiny register and an open period."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_store import fill, make_catalogue

from proforient.catalogue.entries import Catalogue
from proforient.store import Store

FORMS = ("with constraints", "without constraints")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return make_catalogue()


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> dict[str, Path]:
    """Folders of filled stores, to be copied: making one takes longer than most tests."""
    folders = {}
    for form in FORMS:
        folders[form] = tmp_path_factory.mktemp(form.replace(" ", "-")) / "data"
        store = Store.open(folders[form], catalogue, constraints=form == FORMS[0])
        fill(store)
        store.close()
    return folders


def a_copy(template: Path, folder: Path, catalogue: Catalogue) -> Iterator[Store]:
    shutil.copytree(template, folder)
    store = Store.open(folder, catalogue)
    yield store
    store.close()


@pytest.fixture(params=[FORMS[0], pytest.param(FORMS[1], marks=pytest.mark.soak)])
def any_store(
    request: pytest.FixtureRequest, templates: dict[str, Path], tmp_path: Path, catalogue: Catalogue
) -> Iterator[Store]:
    """The store in both its forms: the data file with constraints, and as the shared store is, without."""
    yield from a_copy(templates[request.param], tmp_path / "data", catalogue)


@pytest.fixture
def store(templates: dict[str, Path], tmp_path: Path, catalogue: Catalogue) -> Iterator[Store]:
    """The data file with constraints."""
    yield from a_copy(templates[FORMS[0]], tmp_path / "data", catalogue)
