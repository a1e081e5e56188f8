"""Russian words in Streamlit's own files."""

import re
import shutil

from proforient.web import translation
from proforient.web.translation import STATIC, TABLE, build


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
    page = build().page.decode()
    assert '<html lang="ru">' in page
    assert "<title>Профориент</title>" in page
    assert [tag for tag in re.findall(r"<script[^>]*>", page) if "src=" not in tag] == []
    assert "SourceSans" not in page


def test_reports_what_another_version_no_longer_says(tmp_path):
    static = tmp_path / "static"
    shutil.copytree(STATIC / "static" / "js", static / "static" / "js", ignore=shutil.ignore_patterns("[!TU]*"))
    shutil.copy(STATIC / "index.html", static / "index.html")
    (static / "index.html").write_text("<html></head></html>", "utf-8")
    missing = translation.build(static).missing
    assert {m.prefix for m in missing} >= {"FileUploader", "index", "index.html"}
    assert "Toolbar" not in {m.prefix for m in missing}
