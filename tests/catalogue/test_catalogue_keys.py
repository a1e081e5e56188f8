"""Every key of the table: its good example passes, its bad one is a mistake at that key, misspelt it is named."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from decimal import Decimal

import pytest
from catalogue_files import CATALOGUES, SMALL, Check
from jsonschema import Draft202012Validator
from thinned import thinned

from proforient.catalogue.json_schema import schema, schema_text
from proforient.catalogue.keys import BLOCKS
from proforient.catalogue.lines import find_lines
from proforient.catalogue.reference import reference
from proforient.catalogue.shape import BlockKey
from proforient.settings import ROOT

TEXT = SMALL.read_text(encoding="utf-8")
DATA = tomllib.loads(TEXT, parse_float=Decimal)
LINES = find_lines(TEXT)
KEYS = [
    *((block.name, None, key) for block in BLOCKS.values() for key in block.keys),
    *((block.name, outer, key) for block in BLOCKS.values() for outer in block.keys for key in outer.keys),
]
NAMES = [".".join(filter(None, (block, outer and outer.name, key.name))) for block, outer, key in KEYS]


def place(block: str, *keys: str) -> tuple[str | int, ...]:
    """The path of the first entry of the block that has the key."""
    if block == "catalogue":
        return (block,)
    for number, entry in enumerate(DATA[block]):
        value = entry
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if value is not None:
            return (block, number)
    raise AssertionError(f"no {block} of small.toml has the key {keys}")


def with_value(block: str, outer: BlockKey | None, key: BlockKey, value: str) -> tuple[str, int]:
    """small.toml with the key set to a TOML value, and the line of it."""
    names = (outer.name, key.name) if outer else (key.name,)
    # The good example of a cohort is the part; the whole stands before it.
    line = LINES.of(*place(block, *(("part_of",) if block == "cohort" else names)), names[0])
    lines = TEXT.split("\n")
    if outer:
        pattern = rf'\b{key.name} = ("[^"]*"|[^,}} ]+)'
        lines[line - 1], times = re.subn(pattern, lambda _: f"{key.name} = {value}", lines[line - 1])
        assert times == 1
    else:
        lines[line - 1] = f"{key.name} = {value}"
    return "\n".join(lines), line


def test_the_small_catalogue_has_no_mistakes(check: Check) -> None:
    assert check(TEXT) == ()


@pytest.mark.parametrize(("block", "outer", "key"), thinned(KEYS), ids=NAMES)
def test_a_good_example_passes(check: Check, block: str, outer: BlockKey | None, key: BlockKey) -> None:
    text, _ = with_value(block, outer, key, key.good)
    assert check(text) == ()


@pytest.mark.parametrize(("block", "outer", "key"), thinned(KEYS), ids=NAMES)
def test_a_bad_example_is_a_mistake_at_its_key_and_line(
    check: Check, block: str, outer: BlockKey | None, key: BlockKey
) -> None:
    text, line = with_value(block, outer, key, key.bad)
    label = ".".join(filter(None, (block, outer and outer.name, key.name)))
    found = [mistake for mistake in check(text) if mistake.key == label and mistake.line == line]
    assert len(found) == 1
    assert found[0].found
    assert found[0].expected


@pytest.mark.parametrize(("block", "outer", "key"), thinned(KEYS), ids=NAMES)
def test_a_misspelt_key_is_named_with_the_one_that_was_meant(
    check: Check, block: str, outer: BlockKey | None, key: BlockKey
) -> None:
    text, line = with_value(block, outer, key, key.good)
    lines = text.split("\n")
    lines[line - 1] = lines[line - 1].replace(f"{key.name} =", f"{key.name}x =", 1)
    label = ".".join(filter(None, (block, outer and outer.name, f"{key.name}x")))
    found = [mistake for mistake in check("\n".join(lines)) if mistake.key == label]
    assert [mistake.line for mistake in found] == [line]
    assert f"«{key.name}»" in found[0].expected


@pytest.mark.parametrize(
    ("block", "outer", "key"),
    [each for each in KEYS if each[2].required],
    ids=[name for name, each in zip(NAMES, KEYS, strict=True) if each[2].required],
)
def test_a_required_key_that_is_absent_is_a_mistake(
    check: Check, block: str, outer: BlockKey | None, key: BlockKey
) -> None:
    _, line = with_value(block, outer, key, key.good)
    lines = TEXT.split("\n")
    if outer:
        without = re.sub(rf'\b{key.name} = ("[^"]*"|[^,}} ]+)', "", lines[line - 1])
        lines[line - 1] = without.replace("{ ,", "{").replace(",  }", " }")
    else:
        lines[line - 1] = ""
    label = ".".join(filter(None, (block, outer and outer.name, key.name)))
    assert any(mistake.key == label and mistake.found == "ключа нет" for mistake in check("\n".join(lines)))


def test_only_what_a_catalogue_cannot_do_without_is_required() -> None:
    required = {block.name: {key.name for key in block.keys if key.required} for block in BLOCKS.values()}
    assert required == {
        "catalogue": {"code"},
        "source": {"code"},
        "event_list": {"code", "names"},
        "level": {"code", "kind", "name"},
        "cohort": {"code", "name"},
        "organisation_kind": {"code", "name", "proposes"},
        "addressee": {"code"},
        "group": {"code", "name"},
        "goal": {"code", "name"},
        "task": {"code"},
        "count": {"code", "name", "unit", "value", "levels", "cohorts"},
        "rule": {"code", "formula"},
        "indicator": {"code", "name", "kind", "levels"},
        "plan": {"indicator", "level", "period"},
        "problem": {"code", "indicator", "level", "when", "text"},
        "action": {"code", "answers", "addressee", "text"},
    }


def test_a_catalogue_of_required_keys_alone_passes(check: Check) -> None:
    # An indicator and a plan also need the keys of their kind, and names with a population need its words.
    of_the_kind = {"numerator", "denominator", "count", "of", "percent", "population"}
    kept = []
    needed: set[str] = set()
    for line in TEXT.split("\n"):
        if header := re.match(r"\[\[?(\w+)", line):
            needed = {key.name for key in BLOCKS[header[1]].keys if key.required} | of_the_kind
            needed |= {"number"} if header[1] == "plan" else set()
        if header or line.split(" = ")[0] in needed:
            kept.append(line)
    assert check("\n".join(kept)) == ()


def test_the_reference_of_the_shape_is_up_to_date() -> None:
    document = (ROOT / "docs" / "catalogue.md").read_text(encoding="utf-8")
    assert document == reference(), "python -m proforient.catalogue.reference > docs/catalogue.md"


# What is wrong only beside other values: of one value alone a schema cannot say it. Likewise a code that leads nowhere.
BESIDE_OTHERS = {
    "level.grades",
    "count.name",
    "count.aliases_by_level",
    "indicator.name",
    "indicator.from",
    "plan.percent",
    "problem.when",
    "problem.text",
}
EDITOR = Draft202012Validator(schema())


def plain(text: str) -> object:
    """The text as an editor sees it: dates are texts."""
    return json.loads(json.dumps(tomllib.loads(text), default=dt.date.isoformat))


def test_the_schema_for_editors_is_up_to_date_and_the_file_names_it() -> None:
    document = ROOT / "docs" / "schemas" / "catalogue.json"
    hint = "python -m proforient.catalogue.json_schema > docs/schemas/catalogue.json"
    assert document.read_text(encoding="utf-8") == schema_text(), hint
    first = (ROOT / "indicators.toml").read_text(encoding="utf-8").split("\n", 1)[0]
    assert first.startswith("#:schema ") and ROOT / first.removeprefix("#:schema ./") == document


@pytest.mark.parametrize("file", [ROOT / "indicators.toml", *sorted(CATALOGUES.glob("*.toml"))], ids=lambda f: f.name)
def test_the_catalogues_are_of_the_form_that_the_schema_gives(file) -> None:
    found = EDITOR.iter_errors(plain(file.read_text(encoding="utf-8")))
    assert [f"{'.'.join(map(str, error.path))}: {error.message}" for error in found] == []


def test_an_editor_marks_the_bad_examples_and_no_good_one() -> None:
    marked = {}
    for name, (block, outer, key) in zip(NAMES, KEYS, strict=True):
        good, bad = (plain(with_value(block, outer, key, value)[0]) for value in (key.good, key.bad))
        assert EDITOR.is_valid(good), name
        paths = [[str(step) for step in error.path] for error in EDITOR.iter_errors(bad)]
        marked[name] = bool(paths)
        assert all(path[0] == block for path in paths), (name, paths)
    led_nowhere = {name for name, (_, _, key) in zip(NAMES, KEYS, strict=True) if key.refers}
    assert {name for name, seen in marked.items() if not seen} - led_nowhere == BESIDE_OTHERS


@pytest.mark.parametrize("name", ["cod", "language"])
def test_an_editor_marks_an_unknown_key_and_passes_over_a_retired_one(name: str) -> None:
    changed = TEXT.replace("[catalogue]\n", f'[catalogue]\n{name} = "ru"\n', 1)
    assert EDITOR.is_valid(plain(changed)) == (name == "language")


def test_a_key_of_earlier_catalogues_that_nobody_reads_is_passed_over(check: Check) -> None:
    assert 'prefill = "contingent"' in TEXT
    assert check(TEXT.replace("[catalogue]\n", '[catalogue]\nlanguage = "ru"\n', 1)) == ()
