"""How tests are shared out between workers, and what they need not do again."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).parents[1]


class WithWhatItShares(LoadScopeScheduling):
    """Tests go wherever there is room, those of a file that shares a server or a store to one worker: it is made once.

    The plugin's own «loadgroup» puts the group into the test's identifier, where this pytest no longer reads it.
    """

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if file.startswith("tests/guards/"):  # whoever has read all of the program asks all that is asked of it
            return "tests/guards"
        return file if shares(file) else nodeid


@cache
def shares(file: str) -> bool:
    text = (ROOT / file).read_text("utf-8")
    return "pytest.mark.xdist_group(" in text or 'fixture(scope="module")' in text


@pytest.hookimpl
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> WithWhatItShares | None:
    return WithWhatItShares(config, log) if config.getvalue("dist") == "loadgroup" else None


@pytest.fixture(scope="session")
def nobodys(tmp_path_factory) -> Iterator[Path]:
    """What «the folder of whoever says nothing» is while tests run: never the own data of who runs them."""
    place = tmp_path_factory.mktemp("nobodys")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PROFORIENT_DATA", str(place / "data"))
        patch.setenv("PROFORIENT_SECRETS", str(place / "keys"))
        yield place


@pytest.fixture(autouse=True)
def every_test_says_where_its_data_lie(nobodys):
    yield
    left = list(nobodys.iterdir())
    if left:  # the next test begins without them
        importlib.import_module("proforient.web.running").use(None)
    for folder in left:
        shutil.rmtree(folder)
    assert left == [], "this test, or a thread that outlived one before it, opened a store unasked"


@pytest.fixture(scope="session", autouse=True)
def components_are_looked_for_once():
    """A page under test looks through all installed packages for components: two thirds of its time, always alike."""
    scanner = importlib.import_module("streamlit.components.v2.manifest_scanner")
    found = scanner.scan_component_manifests
    scanner.scan_component_manifests = cache(found)
    yield
    scanner.scan_component_manifests = found


@pytest.fixture(scope="session", autouse=True)
def usual_price():
    """What the program hashes passwords with, a fifth of a second each; here it is cheap where nobody asks for this."""
    passwords = importlib.import_module("proforient.access.passwords")
    usual = passwords._hasher
    passwords._hasher = importlib.import_module("argon2").PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    return usual


@pytest.fixture(scope="session", autouse=True)
def one_core_is_enough_for_a_small_store():
    """Of small tables a second thread of the store takes a fifth more of the processor and gives nothing back."""
    importlib.import_module("proforient.store.connect").SETTINGS["threads"] = 1
