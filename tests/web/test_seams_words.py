"""Russian words in Streamlit's own files, and the first page."""

import re
import shutil

from proforient.web.seams import first_page, words
from proforient.web.seams.bundles import STATIC
from proforient.web.seams.words import TABLE, build


def test_every_text_of_the_table_stands_in_exactly_one_file_of_this_streamlit():
    assert build().missing == ()


def test_the_words_of_the_table_are_served_in_the_place_of_streamlits():
    scripts = build().scripts
    for prefix, pairs in TABLE.items():
        bodies = [body.decode() for name, body in scripts.items() if name.startswith(prefix + ".")]
        for old, new in pairs.items():
            assert any(new in body for body in bodies), new
            assert not any(old in body for body in bodies), old


def test_a_replacement_leaves_brackets_and_quotes_as_balanced_as_they_were():
    for pairs in TABLE.values():
        for old, new in pairs.items():
            for opening, closing in ("()", "[]", "{}"):
                assert new.count(opening) - new.count(closing) == old.count(opening) - old.count(closing), new
            assert new.count("`") % 2 == old.count("`") % 2, new


def test_the_first_page_is_russian_and_holds_no_inline_script():
    page = first_page.build()[0].decode()
    assert '<html lang="ru">' in page
    assert "<title>Профориент</title>" in page
    assert [tag for tag in re.findall(r"<script[^>]*>", page) if "src=" not in tag] == []
    assert "SourceSans" not in page


def test_our_scripts_run_before_streamlits():
    asked = re.findall(r'<script [^>]*src="([^"]+)"', first_page.build()[0].decode())
    assert asked[:-1] == [f"./app/static/{name}.js" for name in first_page.SCRIPTS] and "/index." in asked[-1]


def test_reports_what_another_version_no_longer_says(tmp_path):
    static = tmp_path / "static"
    shutil.copytree(STATIC / "static" / "js", static / "static" / "js", ignore=shutil.ignore_patterns("[!TU]*"))
    (static / "index.html").write_text("<html></head></html>", "utf-8")
    missing = {m.prefix for m in words.build(static).missing}
    assert missing >= {"FileUploader", "index"} and "Toolbar" not in missing
    assert '<html lang="en">' in first_page.build(static)[1] and "</head>" not in first_page.build(static)[1]
