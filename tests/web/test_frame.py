"""The frame around every page: the view from the address, what it says itself, what it shows when there are no data."""

import re
import threading

import pytest
from lakes import HERE, REGION, THERE

from proforient.access.roles import Person, Role
from proforient.errors import ProforientError, Refused
from proforient.settings import ROOT, read_settings
from proforient.store.store import Store
from proforient.view import View, to_query
from proforient.web import failures, running
from proforient.web.running import Running


def html_of(app):
    return " ".join(element.proto.body for element in app.get("html"))


def texts(app):
    return [element.value for element in app.text]


def test_a_bare_address_is_completed_with_what_is_usual(start, filled):
    app = start(filled).run()
    assert not app.exception
    assert app.query_params["territory"] == HERE
    assert app.query_params["period"] == "2026"
    assert set(app.query_params) == set(to_query(View()))
    assert "Страница overview" in html_of(app)


def test_the_view_of_the_address_is_what_the_page_gets_and_what_the_widgets_show(start, filled):
    app = start(filled)
    app.query_params["territory"] = THERE
    app.query_params["period"] = "2025"
    app.run()
    assert "period='2025'" in texts(app)[0]
    assert app.selectbox(key="scope-territory").value == THERE
    assert app.selectbox(key="scope-period").value == "2025"


def test_choosing_in_the_scope_bar_changes_the_address_and_the_page_of_the_same_run(start, filled):
    app = start(filled).run()
    app.selectbox(key="scope-period").set_value("2025").run()
    assert app.query_params["period"] == "2025"
    assert "period='2025'" in texts(app)[0]


def test_another_territory_lets_go_of_the_organisation_without_a_complaint(start, filled):
    app = start(filled)
    app.query_params["organisation"] = "s1"
    app.run()
    assert "organisation='s1'" in texts(app)[0]
    app.selectbox(key="scope-territory").set_value(THERE).run()
    assert "organisation=None" in texts(app)[0]
    assert "pf-message" not in html_of(app)


def test_all_municipalities_side_by_side_can_be_chosen(start, filled):
    app = start(filled).run()
    app.selectbox(key="scope-territory").set_value("").run()
    assert "territory=None" in texts(app)[0]
    assert REGION in app.selectbox(key="scope-territory").options


def test_says_what_of_the_address_it_did_not_understand_and_shows_something_all_the_same(start, filled):
    app = start(filled)
    app.query_params["period"] = "<b>1812</b>"
    app.run()
    assert "«&lt;b&gt;1812&lt;/b&gt;»" in html_of(app)
    assert app.query_params["period"] == "2026"
    app.run()
    assert "1812" not in html_of(app)


def test_a_parameter_that_the_program_does_not_know_leaves_the_address(start, filled):
    app = start(filled)
    app.query_params["utm_source"] = "letter"
    app.run()
    assert "utm_source" not in app.query_params


def test_the_menu_keeps_what_was_chosen_although_it_empties_the_address(start, filled):
    app = start(filled)
    app.query_params["period"] = "2025"
    app.run()
    app.query_params.clear()
    app.run()
    assert app.query_params["period"] == "2025"


def test_an_address_of_another_page_is_complete_and_the_link_begins_with_the_given_address(start, filled):
    app = start(filled, PROFORIENT_ADDRESS="https://edu.example.ru/prof").run()
    assert re.match(r"/problems\?territory=.*&problem=p&", texts(app)[2])
    assert texts(app)[3].startswith("https://edu.example.ru/prof/?territory=")


def test_every_page_says_that_there_is_no_sign_in(start, filled):
    assert "без входа" in html_of(start(filled).run()).lower().replace("\u00a0", " ")


def test_an_empty_store_leads_to_where_it_is_begun(start, tmp_path):
    app = start(tmp_path / "new").run()
    assert not app.exception
    shown = html_of(app)
    assert "Страница start" in shown  # whoever may begin the work
    shown = html_of(start(tmp_path / "new", person=Person(login="head", role=Role.HEAD)).run())
    assert "Управление ещё готовит сбор" in shown.replace("\u00a0", " ")


def test_a_catalogue_with_mistakes_shows_each_with_its_line(start, tmp_path):
    wrong = tmp_path / "wrong.toml"
    wrong.write_text((ROOT / "indicators.toml").read_text("utf-8") + '\n[[level]]\ncode = "<x>"\n', "utf-8")
    app = start(tmp_path / "new", PROFORIENT_CATALOGUE=str(wrong)).run()
    shown = html_of(app)
    assert "<li>" in shown
    assert "wrong.toml:" in shown
    assert "<x>" not in shown


def test_an_open_store_elsewhere_is_said_and_found_free_again(start, tmp_path, catalogue, monkeypatch):
    folder = tmp_path / "held"
    other = Store.open(folder, catalogue)
    app = start(folder).run()
    assert "Данные держит" in html_of(app).replace("\u00a0", " ")
    other.close()
    monkeypatch.setattr(running, "RETRY", 0.0)
    app.run()
    assert "Страница start" in html_of(app)


def test_a_failed_opening_is_not_tried_again_at_once(tmp_path, monkeypatch):
    held = Running(read_settings({"PROFORIENT_DATA": str(tmp_path), "PROFORIENT_CATALOGUE": str(tmp_path / "no.toml")}))
    tried = []
    monkeypatch.setattr(running, "_open", lambda settings: tried.append(1) or (_ for _ in ()).throw(Refused("нет")))
    for _ in range(3):
        with pytest.raises(Refused):
            held.open()
    assert len(tried) == 1


def test_the_store_is_opened_once_for_all_threads(filled, tmp_path):
    held = Running(read_settings({"PROFORIENT_DATA": str(tmp_path / "one"), "PROFORIENT_MODE": "demo"}))
    got = []
    threads = [threading.Thread(target=lambda: got.append(held.open().store)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held.close()
    assert len(got) == 6
    assert len(set(map(id, got))) == 1
    with pytest.raises(ProforientError, match="завершает"):
        held.open()


def test_a_page_that_fails_gives_a_number_and_no_traceback(start, filled, monkeypatch, caplog, tmp_path):
    said = []
    monkeypatch.setattr(failures.st, "html", said.append)
    assert failures.on_script_error(ZeroDivisionError("secret of the program"))
    number = re.search(r"номер\s([0-9a-f]{8})", said[0])[1]
    assert "secret" not in said[0]
    assert number in caplog.text
    assert failures.on_script_error(Refused("Период «2025» закрыт."))
    assert "Период" in said[1]
    assert "номер" not in said[1]
