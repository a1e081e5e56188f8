"""The upkeep by night outlives its errors: each is told, and the next night is another attempt."""

import datetime as dt
import threading
from dataclasses import replace
from types import SimpleNamespace

import pytest

from proforient.errors import StoreBusy
from proforient.settings import read_settings
from proforient.store import upkeep_note
from proforient.web import nightly

NIGHT = dt.datetime(2026, 11, 30, 3)


class Nights:
    """A shared store whose upkeep fails in given ways, one a night, and then is done."""

    read_only = False

    def __init__(self, data, *fails):
        self.data, self.fails = data, list(fails)
        self.told, self.last = [], threading.Event()

    def tidy(self, before, *, unless_since):
        self.told.append(upkeep_note.trouble(self.data))
        if self.fails:
            raise self.fails.pop(0)
        if len(self.told) > 3:
            self.last.set()
        return 9, 1


def test_an_unforeseen_error_is_told_and_the_next_night_goes_on(tmp_path, monkeypatch, caplog, catalogue):
    monkeypatch.setattr(nightly, "LOOK", 0.001)
    monkeypatch.setattr(nightly, "now", lambda: NIGHT)
    store = Nights(tmp_path, StoreBusy("Хранилище занято."), KeyError("no such table"))
    settings = replace(read_settings({"PROFORIENT_DATA": str(tmp_path)}), store="ducklake:postgres:")
    opened = SimpleNamespace(store=store, settings=settings, catalogue=replace(catalogue, timezone="UTC"))
    with nightly.tidied(SimpleNamespace(already=opened, settings=settings)):
        assert store.last.wait(10)
    first, busy, unforeseen, done = store.told[:4]
    assert (first, done) == ("", "")
    assert busy == "30.11.2026 03:00: Хранилище занято."
    assert "KeyError" in unforeseen and "журнале сервера" in unforeseen
    assert [record.exc_info is not None for record in caplog.records] == [False, True]


@pytest.mark.parametrize("spoiled", [b"no JSON", b"[]"])
def test_a_note_that_cannot_be_read_is_no_good_news(tmp_path, spoiled):
    (tmp_path / upkeep_note.FILE).write_bytes(spoiled)
    assert "не читается" in upkeep_note.trouble(tmp_path)
