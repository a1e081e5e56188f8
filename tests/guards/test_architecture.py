"""What the engineers' pages say is so: the picture of the rooms, the files that they name, the licences."""

import re

import pytest
from rooms_drawn import COLUMNS, PICTURE, SAYS, drawn
from sources import PACKAGE, ROOT, kept_files, name
from test_rooms import ORDER

PAGES = [path for path in kept_files() if path.suffix == ".md" and name(path) != "docs/guide.md"]


def test_the_picture_of_the_rooms_is_true():
    assert PICTURE.read_text("utf-8") == drawn(), "python tests/guards/rooms_drawn.py"


def test_every_room_has_its_place_and_its_words_in_the_picture():
    assert sorted(room for column in COLUMNS for room in column) == sorted(ORDER) == sorted(SAYS)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_file_that_a_page_names_is_there(page):
    text = page.read_text("utf-8")
    named = re.findall(r"`((?:proforient|pages|tests|docs|benchmarks)/[\w./-]*)`", text)
    linked = [link for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text) if not link.startswith("/")]
    made = re.findall(r"^New file `([^`]+)`", text, re.MULTILINE)
    gone = [one for one in named if one not in made and not (ROOT / one).exists()]
    gone += [link for link in linked if not (page.parent / link).exists()]
    assert gone == []


def test_every_font_is_named_in_the_notice_with_its_licence():
    notice = (ROOT / "NOTICE").read_text("utf-8")
    fonts = sorted((PACKAGE / "web").rglob("*.woff2"))
    assert fonts
    assert [font.name for font in fonts if font.name not in notice] == []
    licences = re.findall(r"proforient/web/static/[\w-]+\.txt", notice)
    assert len(licences) == 2 and all((ROOT / licence).exists() for licence in licences)


def test_public_hosts_run_what_every_change_must_pass():
    assert "run: .ci/run" in (ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8")
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")
