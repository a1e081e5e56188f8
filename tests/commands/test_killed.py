"""A server that is killed: what was handed in is there when the store is opened again."""

from serving import EXAMPLES, serve

FIGURE = ("covered", "primary", "all")


def test_a_server_killed_right_after_a_report_was_handed_in_keeps_it(district, data, tmp_path):
    """The log of the database may hold what the file does not yet: starting again must find it."""
    text = (EXAMPLES / "report.csv").read_text("utf-8-sig")
    for turn in range(2):
        report = tmp_path / f"report-{turn}.csv"
        report.write_text(text.replace(";170", f";{150 + turn}"), "utf-8")
        with serve(data) as server:
            assert district("submit", report, "--period", "2026", "--by", "metodist", "--confirm").code == 0
            server.process.kill()
            server.process.wait()
        values = district("values", "--period", "2026", "--json").json()
        assert [v["value"] for v in values if (v["count"], v["level"], v["cohort"]) == FIGURE] == [150 + turn]
    assert district("verify").code == 0
