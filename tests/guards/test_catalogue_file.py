"""indicators.toml is for people to edit: what belongs together stands together, in Russian, in short lines."""

from __future__ import annotations

import itertools
import re

from sources import ROOT

from proforient.catalogue.entries import Catalogue, Indicator
from proforient.catalogue.read import read_catalogue

FILE = ROOT / "indicators.toml"
TEXT = FILE.read_text("utf-8")
LONGEST = 160  # signs of a line
ORDER = ("Count", "Indicator", "PlanProposal", "Problem", "Action")
STRINGS = re.compile(r'"""(?:\\.|[^\\])*?"""|"(?:\\.|[^"\\\n])*"', re.DOTALL)
CODE = re.compile(r"`[^`]*`|\[\[?\w+\]\]?|#:schema \S+|^#\s*python .*$|\S+\.(?:toml|md)", re.MULTILINE)


def needed(indicator: Indicator) -> set[str]:
    return {*indicator.numerator, *indicator.denominator, *([indicator.count] if indicator.count else [])}


def owners(catalogue: Catalogue) -> list[tuple[str, str]]:
    """The indicator that each block belongs to, with the kind of block, as they stand in the file."""
    indicators, problems = catalogue.indicators, catalogue.problems
    blocks = [*catalogue.counts.values(), *indicators.values(), *catalogue.plans, *problems.values()]
    blocks += [action for action in catalogue.actions.values() if not action.general]
    found = []
    for block in sorted(blocks, key=lambda block: block.line):  # order: of the file
        kind = type(block).__name__
        if kind == "Count":  # of the indicator that it stands above
            whose = min((i for i in indicators.values() if i.line > block.line), key=lambda i: i.line).code
        elif kind == "Indicator":
            whose = block.code
        else:
            whose = problems[block.answers[0]].indicator if kind == "Action" else block.indicator
        found.append((whose, kind))
    return found


def test_the_blocks_of_an_indicator_stand_together_in_one_order():
    together = [(whose, [kind for _, kind in group]) for whose, group in _groups(owners(read_catalogue(FILE)))]
    assert len({whose for whose, _ in together}) == len(together)
    assert [(w, kinds) for w, kinds in together if kinds != sorted(kinds, key=ORDER.index)] == []


def _groups(found):
    return itertools.groupby(found, key=lambda one: one[0])


def test_a_count_stands_at_the_first_indicator_that_uses_it():
    catalogue = read_catalogue(FILE)
    beside = [{term.count for term in rule.terms} for rule in catalogue.rules.values()]
    for count in catalogue.counts.values():
        below = sorted((i for i in catalogue.indicators.values() if i.line > count.line), key=lambda i: i.line)
        users = [i for i in catalogue.indicators.values() if count.code in needed(i)]
        assert min((i.line for i in users), default=below[0].line) >= below[0].line, count.code
        # What a rule adds up stands together, above the first of whom any part is used.
        with_rule = set().union(*(codes for codes in beside if count.code in codes), {count.code})
        assert with_rule & needed(below[0]), count.code


def test_no_line_is_too_long_to_be_read():
    assert [n for n, line in enumerate(TEXT.splitlines(), 1) if len(line) > LONGEST] == []


def test_comments_are_russian():
    comments = re.findall(r"#.*", STRINGS.sub('""', TEXT))
    assert len(comments) > 50
    foreign = [c for c in comments if re.search(r"[A-Za-z]{3,}", CODE.sub("", c)) and not re.search("[а-яё]{3}", c)]
    assert foreign == []
