"""Results that are worked out once for each state of the data."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from lakes import HERE

from proforient.access.roles import Person, Role
from proforient.store import campaign
from proforient.view import Choices, View
from proforient.web.cache import Memory, cached
from proforient.web.register import page_entry
from proforient.web.running import OpenApplication
from proforient.web.session import Session


def test_the_same_question_is_answered_once():
    memory, made = Memory(), []
    assert [memory.get("key", lambda: made.append(1) or len(made)) for _ in range(3)] == [1, 1, 1]


def test_many_at_once_wait_for_the_one_who_works():
    memory, made, ready = Memory(), [], threading.Barrier(8)

    def ask(_):
        ready.wait()
        return memory.get("key", lambda: made.append(threading.get_ident()) or "answer")

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(ask, range(8))) == ["answer"] * 8
    assert len(made) == 1


def test_a_failure_is_told_to_everybody_and_not_kept():
    memory = Memory()

    def fail():
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError):
            memory.get("key", fail)
    assert memory.get("key", lambda: 5) == 5


def test_the_oldest_goes_first():
    memory = Memory(largest=2)
    for key in ("a", "b", "a", "c"):
        memory.get(key, lambda key=key: key)
    assert memory.get("a", lambda: "anew") == "a"
    assert memory.get("b", lambda: "anew") == "anew"


@pytest.fixture
def session(filled, catalogue, tmp_path):
    """A session over a copy of the small store, and how to make another one."""
    import shutil

    from proforient.settings import read_settings
    from proforient.store.store import Store

    folder = shutil.copytree(filled, tmp_path / "data")
    store = Store.open(folder, catalogue)
    opened = OpenApplication(settings=read_settings({"PROFORIENT_DATA": str(folder)}), catalogue=catalogue, store=store)

    def made(**view):
        shown = View(territory=HERE, period="2026", **view)
        return Session(
            page=page_entry("overview"),
            person=Person(login="chief", role=Role.ADMINISTRATOR),
            view=shown,
            choices=Choices(),
            not_understood=(),
            theme="light",
            opened=opened,
        )

    yield made
    store.close()


def test_what_was_written_is_seen_by_the_next_run_and_other_views_apart(session):
    asked = []

    @cached("territory", "level")
    def periods(here):
        asked.append(here.view.level)
        return tuple(period.code for period in here.reader.periods())

    first = session(level="basic")
    assert periods(first) == ("2026", "2025") and periods(session(level="basic")) == ("2026", "2025")
    assert asked == ["basic"]
    periods(session(level="primary"))
    assert asked == ["basic", "primary"]
    first.renew()
    with first.store.write("test", based_on=None) as writer:
        campaign.open_period(writer, "2027", closes=dt.date(2027, 12, 15))
    assert periods(session(level="basic")) == ("2027", "2026", "2025")


def test_a_run_that_relied_on_earlier_figures_begins_anew_when_something_is_written(session, monkeypatch):
    begun = []
    monkeypatch.setattr("proforient.web.session.st.rerun", lambda: begun.append(1))

    @cached()
    def nothing(here):
        return ()

    here = session()
    nothing(here)
    with here.store.write("test", based_on=None) as writer:
        campaign.open_period(writer, "2028", closes=dt.date(2028, 12, 15))
    assert "2028" in [period.code for period in here.reader.periods()]
    assert begun == [1]
    here.renew()


def test_the_mark_of_a_drawing_stays_with_what_it_shows(session):
    """A button drawn beside kept figures is based on them, not on what has been written since."""

    @cached()
    def newest(here):
        return here.reader.periods()[0].code

    here = session()
    assert newest(here) == "2026" and here.mark == here.store.mark
    shown = here.mark
    with here.store.write("test", based_on=None) as writer:
        campaign.open_period(writer, "2029", closes=dt.date(2029, 12, 15))
    assert here.mark == shown < here.store.mark
    here.renew()
    assert newest(here) == "2029" and here.mark == here.store.mark
    here.renew()
