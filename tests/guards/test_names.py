"""A name stands for one thing and says what it holds, and the glossary is true to the code."""

import ast
import re
from collections import defaultdict

from sources import PACKAGE, ROOT, name, nodes, program_files, syntax, text_of

# Words that say that something was done and not what there is: no name of a thing.
WORDLESS = {"both", "kept", "told"}
PARTICIPLES = WORDLESS | {
    *("asked", "begun", "checked", "chosen", "drawn", "filled", "found", "gathered", "given", "grouped", "held"),
    *("judged", "known", "left", "listed", "lost", "made", "marked", "meant", "named", "opened", "ordered", "parsed"),
    *("said", "seen", "sent", "shown", "spoken", "stored", "taken", "typed", "understood", "wanted", "written"),
}
# Modules of several rooms that have one name and are about one thing, beside the nouns of the glossary.
SHARED = {
    "asking": "which indicators a period asks",
    "base": "what the modules beside it share",
    "beginning": "what a person meets first of a page",
    "bundle": "the forms of many organisations in one archive",
    "campaign": "a period as it is opened and closed",
    "choice": "the fields of a page by which one chooses",
    "columns": "columns of a table",
    "completeness": "how many have reported",
    "contents": "what a report or a document holds",
    "deck": "the slides of a snapshot in a browser",
    "desk": "what a page holds while somebody works on it",
    "editing": "changing what stands",
    "excerpt": "rows of a file, cut out",
    "export": "values as JSON and CSV",
    "fields": "fields of a form or a row",
    "files": "files",
    "forms": "forms to fill in: in a file or in a dialog",
    "handlers": "answers to requests by HTTP",
    "inviting": "inviting a person",
    "known_counts": "known counts",
    "late": "what comes after the last day",
    "layout": "where things stand on a sheet",
    "ledger": "what is asked of whom, line by line",
    "letter": "a letter",
    "listing": "the list of a page",
    "method": "how a figure is worked out, in words",
    "numbers": "numbers of one organisation",
    "order": "the order of lists",
    "overview": "the page «Обзор»",
    "page": "a page as HTML or as the table of its pieces",
    "pages": "pages as HTML or in words",
    "panels": "small pictures side by side",
    "people": "persons and their sessions",
    "pieces": "small parts of which others are composed",
    "plans": "plan values",
    "practices": "practices of organisations",
    "preview": "what would be, before it is",
    "questions": "what is asked about a file",
    "read": "a file's bytes in, what it means out",
    "record": "the records of a room",
    "roster": "the register of organisations as columns",
    "rounding": "numbers as guests see them",
    "rows": "rows of a table",
    "sheets": "sheets",
    "slides": "slides",
    "standings": "how reports stand",
    "stored_text": "the text that is kept for ever, and back",
    "style": "the style sheet",
    "tables": "tables",
    "views": "named views",
    "words": "words of the room",
}
COUNTED_IN = re.compile(
    r"#\s*(?!(?:a|an|for|from|he|how|in|it|more|of|so|than|that|the|this|to|what|where|which|who)\b)\w"
)


def classes():
    """The name of each class with the files that define it."""
    found = defaultdict(list)
    for path in program_files(".py"):
        for node in nodes(text_of(path)):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(name(path))
    return found


def test_no_two_classes_have_one_name():
    assert {cls: files for cls, files in classes().items() if len(files) > 1} == {}


def entries():
    """The lines of the glossary: noun, Russian, meaning, where it is at home."""
    lines = (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return rows[1:]


def test_each_noun_of_the_glossary_stands_once_in_order_with_all_its_words():
    nouns = [row[0] for row in entries()]
    assert nouns == sorted(set(nouns)) and len(nouns) > 40
    assert [row for row in entries() if len(row) != 4 or not all(row)] == []


def test_what_the_glossary_names_is_defined_there():
    missing = []
    for noun, _, _, home in entries():
        module, _, wanted = home.strip("`").rpartition(".")
        path = PACKAGE.joinpath(*module.split(".")).with_suffix(".py")
        defined = {getattr(node, "name", "") for node in syntax(text_of(path)).body} if path.is_file() else set()
        if wanted not in defined:
            missing.append((noun, home))
    assert missing == []


def named_things(node):
    """What a definition, an assignment or a parameter names, with its line."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [(node.name, node.lineno)]
    if isinstance(node, ast.arg):
        return [(node.arg, node.lineno)]
    return [(node.id, node.lineno)] if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else []


def test_a_name_says_what_it_holds():
    """``kept`` of a record is a yes or no, and may be."""
    wordless = []
    for path in program_files(".py"):
        fields = {id(line.target) for line in nodes(text_of(path)) if isinstance(line, ast.AnnAssign)}
        for node in nodes(text_of(path)):
            for word, line in named_things(node):
                if word.strip("_") in WORDLESS - ({"kept"} if id(node) in fields else set()):
                    wordless.append(f"{name(path)}:{line} {word}")
    assert wordless == []


def test_no_module_and_no_function_of_one_is_called_by_a_participle():
    files = program_files(".py")
    modules = [name(path) for path in files if path.stem in PARTICIPLES]
    functions = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in files
        for node in syntax(text_of(path)).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in PARTICIPLES
    ]
    assert (modules, functions) == ([], [])


def test_modules_of_one_name_are_about_one_thing():
    rooms = defaultdict(list)
    for path in program_files(".py"):
        if path.is_relative_to(PACKAGE) and not path.stem.startswith("__"):
            rooms[path.stem].append(name(path))
    several = {stem: files for stem, files in rooms.items() if len(files) > 1}
    nouns = {row[0].replace(" ", "_") for row in entries()} | {"analyst", "gap", "reminder"}
    of_nouns = nouns | {f"{noun}s" for noun in nouns} | {f"{noun[:-1]}ies" for noun in nouns}
    assert {stem: files for stem, files in several.items() if stem not in of_nouns | SHARED.keys()} == {}
    assert sorted(SHARED.keys() - several.keys()) == [] and all(SHARED.values())


def numbers_that_are_constants(path):
    lines = text_of(path).splitlines()
    for node in syntax(text_of(path)).body:
        target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
        if not isinstance(target, ast.Name) or not target.id.strip("_").isupper():
            continue
        parts = [part for part in ast.walk(node.value) if not isinstance(part, ast.operator | ast.unaryop)]
        numeric = all(
            isinstance(part, ast.BinOp | ast.UnaryOp)
            or (isinstance(part, ast.Constant) and type(part.value) in (int, float))
            for part in parts
        )
        if numeric:
            first = node.lineno - 2
            while first > 0 and lines[first - 1].startswith("#"):
                first -= 1
            yield node.lineno, lines[node.end_lineno - 1], lines[first]


def test_a_constant_says_in_what_it_is_counted():
    """Its comment, behind it or above it, begins with a noun: «seconds that a rendered page may be cached»."""
    wrong = [
        f"{name(path)}:{number}: {line.strip()}"
        for path in program_files(".py")
        for number, line, above in numbers_that_are_constants(path)
        if not COUNTED_IN.search(line if "#" in line else above)
    ]
    assert wrong == []
