"""The one list of rules on a catalogue that has been read: each a function from it to mistakes.

A rule takes an empty value (of a key that was wrong or missing) as said already. To add a rule, write the function
and put it into the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from proforient.catalogue import rules_figures, rules_names, rules_references
from proforient.catalogue.entries import Catalogue, Mistake

Rule = Callable[[Catalogue], Iterator[Mistake]]

RULES: tuple[Rule, ...] = (
    rules_references.references_resolve,
    rules_references.aliases_by_level_name_asked_levels,
    rules_references.lists_do_not_repeat,
    rules_references.parts_do_not_go_round,
    rules_references.levels_do_not_overlap_themselves,
    rules_references.formulas_name_what_is_asked,
    rules_figures.indicators_have_what_their_kind_needs,
    rules_figures.counts_fit_their_indicator,
    rules_figures.counts_are_asked_where_their_indicator_is,
    rules_figures.trends_follow_a_share,
    rules_figures.years_are_in_order,
    rules_figures.one_headline,
    rules_figures.places_on_the_chart_differ,
    rules_figures.plans_fit_their_indicator,
    rules_figures.plans_differ,
    rules_figures.problems_fit_their_indicator,
    rules_figures.deadlines_say_what_their_form_needs,
    rules_names.names_fill_with_the_population_only,
    rules_names.levels_have_the_words_that_fill_names,
    rules_names.texts_have_no_slots,
    rules_names.places_have_names_of_their_own,
    rules_names.figures_have_names_of_their_own,
)
