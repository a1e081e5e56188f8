"""What comparable tools were caught with: each kind of fault has tests of ours, named here so that none gets lost."""

from __future__ import annotations

import pytest
from serving import ROOT

# the fault in a few words -> where it would be noticed here
FAULTS = {
    "a number format of 1C turns figures into dates": [
        "intake/test_intake_workbooks.py::test_numbers_that_1c_formats_in_its_own_way_stay_numbers"
    ],
    "a search over cells takes minutes on a sheet of empty ones": [
        "intake/test_intake_workbooks.py::test_many_styled_empty_cells_are_read_in_linear_time",
        "intake/test_intake_workbooks.py::test_a_formula_without_a_value_is_refused_at_its_own_address",
    ],
    "a superscript note becomes a digit": [
        "intake/test_intake_workbooks.py::test_a_superscript_glued_to_a_figure_is_refused_with_its_place",
        "intake/test_intake_workbooks.py::test_a_heading_with_a_superscript_is_asked_about",
        "intake/test_intake_workbooks.py::test_a_superscript_in_xls_is_refused",
    ],
    "parameters vanish from the address, or act on another page": [
        "browser/test_links.py::test_the_menu_keeps_the_view_and_address_and_page_agree",
        "browser/test_links.py::test_a_link_opens_the_same_in_another_browser",
        "web/test_frame.py::test_a_parameter_that_the_program_does_not_know_leaves_the_address",
    ],
    "the goal line falls off the axis": [
        "charts/test_figures.py::test_the_plan_line_is_there_and_inside_the_picture",
        "charts/test_marks.py::test_the_plan_mark_is_always_drawn",
    ],
    "a rounded share contradicts its verdict": [
        "test_wording.py::test_a_rounded_share_never_contradicts_the_verdict",
        "analysis/test_export.py::test_a_share_is_printed_so_that_it_does_not_contradict_its_verdict",
        "charts/test_marks.py::test_a_place_is_never_rounded_up_over_the_plan",
    ],
    "0 of 0 is shown as 100 %, missing as 0": [
        "analysis/test_coverage.py::test_zero_of_zero_zero_of_fifty_and_nothing_are_three_things",
        "analysis/test_export.py::test_nobody_nothing_and_zero_are_printed_apart",
        "charts/test_figures.py::test_a_level_without_data_is_a_dotted_frame_and_never_a_bar",
        "pages/test_looking.py::test_a_period_without_data_shows_no_figure_and_says_so",
    ],
    "a total is a mean of percentages": [
        "analysis/test_export.py::test_one_of_one_and_none_of_two_hundred_are_half_a_percent_in_every_total",
        "analysis/test_coverage.py::test_a_share_is_the_sum_of_pairs_and_never_a_mean_of_shares",
    ],
    "a command fails with a trace while the server holds the file": [
        "commands/test_everywhere.py::test_every_command",
        "commands/test_calls.py::test_a_store_held_by_another_process_is_told_with_its_number",
    ],
    "after a kill the log cannot be replayed": [
        "commands/test_campaign_killed.py::test_what_was_confirmed_is_found_however_often_the_server_is_killed",
        "store/test_store_damage.py::test_a_kill_in_the_middle_of_writing_loses_nothing_that_was_confirmed",
    ],
    "a cut log ends the process, and the advice is to delete it": [
        "store/test_store_damage.py::test_a_cut_log_is_refused_and_nothing_is_touched",
        "web/test_server.py::test_a_damaged_store_is_answered_with_503_and_the_reason_and_left_as_it_is",
    ],
    "threads share a connection": ["store/test_store_threads.py::test_ten_readers_and_a_writer_never_see_a_mixture"],
    "capital extensions are rejected, a double click stores twice": [
        "browser/test_handing_in.py::test_typing_an_explanation_and_double_clicking_at_once_hands_in_once",
        "store/test_store_acceptance.py::test_a_double_click_makes_one_submission_and_one_event",
    ],
    "a sep= line spoils the reading": ["intake/test_intake_text_files.py::test_a_sep_line_is_obeyed_and_set_aside"],
    "a formula in a text runs in a spreadsheet": [
        "commands/test_files_in.py::test_text_that_a_spreadsheet_would_run_is_defused_in_csv"
    ],
    "codes lose their leading zeros or merge": [
        "intake/test_intake_workbooks.py::test_codes_keep_their_zeros_and_never_merge",
        "store/test_store_register.py::test_codes_and_tax_numbers_keep_their_leading_zeros",
    ],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_known_fault_has_its_tests(fault):
    for named in FAULTS[fault]:
        file, _, name = named.partition("::")
        assert f"def {name}(" in (ROOT / "tests" / file).read_text("utf-8"), named
