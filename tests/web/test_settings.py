"""Settings: what the environment says, and what is refused."""

from pathlib import Path

import pytest

from proforient.errors import Refused, WrongCall
from proforient.settings import ROOT, is_loopback, read_settings, refuse_unsafe


def test_an_empty_environment_gives_the_defaults_of_the_contract():
    settings = read_settings({"HOME": "/home/anna"})
    assert settings.data == ROOT / "data" / "local"
    assert settings.catalogue == ROOT / "indicators.toml"
    assert settings.secrets == Path("/home/anna/.config/proforient")
    assert (settings.host, settings.port, settings.mode, settings.address) == ("127.0.0.1", 8501, "", "")


def test_a_relative_folder_is_taken_from_where_the_program_was_started(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert read_settings({"PROFORIENT_DATA": "own"}).data == tmp_path / "own"


@pytest.mark.parametrize("port", ["0", "70000", "восемь", "-1", "8501.0"])
def test_refuses_a_port_that_cannot_be(port):
    with pytest.raises(WrongCall, match="PORT"):
        read_settings({"PORT": port})


def test_refuses_a_mode_that_does_not_exist():
    with pytest.raises(WrongCall, match="PROFORIENT_MODE=prod:"):
        read_settings({"PROFORIENT_MODE": "prod"})


@pytest.mark.parametrize("address", ["edu.example.ru", "ftp://edu.example.ru", "https://", "https://edu.ru/?x=1"])
def test_refuses_an_address_that_is_not_complete(address):
    with pytest.raises(WrongCall, match="PROFORIENT_ADDRESS"):
        read_settings({"PROFORIENT_ADDRESS": address})


def test_the_slash_at_the_end_of_the_address_is_dropped():
    assert (
        read_settings({"PROFORIENT_ADDRESS": "https://edu.example.ru/prof/"}).address == "https://edu.example.ru/prof"
    )


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("localhost", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("", False),
        ("192.168.0.5", False),
        ("school.local", False),
    ],
)
def test_tells_an_address_that_only_this_computer_reaches(host, own):
    assert is_loopback(host) is own


def test_the_demonstration_refuses_a_host_that_others_see():
    settings = read_settings({"PROFORIENT_MODE": "demo", "HOST": "0.0.0.0"})
    with pytest.raises(Refused, match="PROFORIENT_DEMO_PUBLIC=1"):
        refuse_unsafe(settings)


def test_an_open_demonstration_only_reads():
    settings = read_settings({"PROFORIENT_MODE": "demo", "HOST": "0.0.0.0", "PROFORIENT_DEMO_PUBLIC": "1"})
    refuse_unsafe(settings)
    assert settings.read_only
    assert not read_settings({"PROFORIENT_MODE": "demo", "PROFORIENT_DEMO_PUBLIC": "1"}).read_only


def test_production_may_be_seen_by_others_and_asks_who_they_are():
    settings = read_settings({"PROFORIENT_MODE": "production", "HOST": "0.0.0.0"})
    refuse_unsafe(settings)
    assert settings.signs_in and not settings.read_only


def test_without_a_mode_others_see_nothing():
    with pytest.raises(Refused):
        refuse_unsafe(read_settings({"HOST": "0.0.0.0"}))
