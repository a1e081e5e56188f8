"""Line numbers that are found without tomllib: strings, lists and comments do not lead the scan astray."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from catalogue_files import CATALOGUES
from hypothesis import given, settings
from hypothesis import strategies as st

from proforient.catalogue.lines import Path, find_lines
from proforient.settings import ROOT

TRICKY = '''# [[level]] in a comment
[catalogue] # code = "no"
code = "a # [[level]]"   # name = 1

[[level]]
name = """
[[level]]
code = "not here"
\\""" still inside
"""
'quoted' = \'\'\'
[[level]]
code = 1\'\'\'
codes = [
  "a", # ] a bracket in a comment
  "]",
  { inner = "x" },
]
code = "b"

[ level . population ]
nom = "кто"
grades.first = 5

[[ level ]]
code = "c"
[level.population]
gen = "кого"
[[level.grades]]
from = 1
[[level.grades]]
from = 2
'''


def test_strings_lists_and_comments_do_not_lead_it_astray() -> None:
    lines = find_lines(TRICKY)
    text = TRICKY.split("\n")
    assert {path: text[line - 1].split(" #")[0] for path, line in lines.places.items()} == {
        ("catalogue",): "[catalogue]",
        ("catalogue", "code"): 'code = "a',
        ("level", 0): "[[level]]",
        ("level", 0, "name"): 'name = """',
        ("level", 0, "quoted"): "'quoted' = '''",
        ("level", 0, "codes"): "codes = [",
        ("level", 0, "code"): 'code = "b"',
        ("level", 0, "population"): "[ level . population ]",
        ("level", 0, "population", "nom"): 'nom = "кто"',
        ("level", 0, "population", "grades"): "grades.first = 5",
        ("level", 0, "population", "grades", "first"): "grades.first = 5",
        ("level", 1): "[[ level ]]",
        ("level", 1, "code"): 'code = "c"',
        ("level", 1, "population"): "[level.population]",
        ("level", 1, "population", "gen"): 'gen = "кого"',
        ("level", 1, "grades", 0): "[[level.grades]]",
        ("level", 1, "grades", 0, "from"): "from = 1",
        ("level", 1, "grades", 1): "[[level.grades]]",
        ("level", 1, "grades", 1, "from"): "from = 2",
    }
    assert lines.of("level", 1, "grades", 1, "from") == lines.of("level", 1, "grades", 0, "from") + 2


def test_what_has_no_line_of_its_own_is_where_its_holder_is() -> None:
    lines = find_lines(TRICKY)
    assert lines.of("level", 0, "population", "nom", "inner") == lines.of("level", 0, "population", "nom")
    assert lines.of("level", 1, "absent") == lines.of("level", 1)
    assert lines.of("nothing", 3) == 1


def paths(data: Any, path: Path = ()) -> list[Path]:
    """The path of every block and key of parsed TOML, without the insides of lists of plain values."""
    found: list[Path] = []
    if isinstance(data, dict):
        for key, value in data.items():
            blocks = isinstance(value, list) and value and all(isinstance(item, dict) for item in value)
            if not blocks:  # several blocks of a name have a line each, their name has none
                found.append((*path, key))
            found += paths(value, (*path, key))
    elif isinstance(data, list):
        for number, item in enumerate(data):
            if isinstance(item, dict):
                found += [(*path, number), *paths(item, (*path, number))]
    return found


@pytest.mark.parametrize("file", [ROOT / "indicators.toml", *sorted(CATALOGUES.glob("*.toml"))], ids=lambda f: f.name)
def test_every_key_of_a_real_catalogue_stands_on_the_line_that_is_found(file: Any) -> None:
    text = file.read_text(encoding="utf-8")
    lines, rows = find_lines(text), text.split("\n")
    found = paths(tomllib.loads(text))
    assert len(found) > 100
    for path in found:
        name = next(str(part) for part in reversed(path) if isinstance(part, str))
        assert name in rows[lines.of(*path) - 1], path


VALUES = st.one_of(
    st.text(st.sampled_from("ab=[]{}#',\" \t"), max_size=12).map(lambda t: "'" + t.replace("'", "") + "'"),
    st.text(st.sampled_from("ab=[]{}#'\n \""), max_size=12).map(lambda t: '"""' + t.replace('"', "'") + '"""'),
    st.text(st.sampled_from("ab=[]{}#\n \"'"), max_size=12).map(lambda t: "'''" + t.replace("'", '"') + "'''"),
    st.lists(st.sampled_from(['"]"', "'['", "1", "[2]", '{ a = "}" }']), max_size=4).map(
        lambda items: "[ # [[level]]\n" + "".join(f"  {item}, # ]\n" for item in items) + "]"
    ),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(VALUES, max_size=6))
def test_whatever_values_stand_above_the_line_of_a_key_is_right(values: list[str]) -> None:
    head = "".join(f"key-{n} = {value} # note = 1\n" for n, value in enumerate(values))
    text = f"[[block]]\n{head}[[block]]\nlast = 1\n"
    assert len(tomllib.loads(text)["block"]) == 2
    lines = find_lines(text)
    assert lines.of("block", 1, "last") == text.count("\n")
    assert lines.of("block", 1) == text.count("\n") - 1
    assert {path for path in lines.places if len(path) == 3} == {
        ("block", 1, "last"),
        *(("block", 0, f"key-{n}") for n in range(len(values))),
    }


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("a=[]{}#\n\"'\\. "), max_size=40))
def test_any_text_at_all_is_scanned_to_its_end(text: str) -> None:
    assert all(1 <= line <= text.count("\n") + 1 for line in find_lines(text).places.values())
