"""What a person reads as a list stands in the one order of names, or in one of numbers, days or places."""

import ast
import re

import pytest
from sources import name, nodes, program_files, text_of

SORTS = {"sorted", "sort", "min", "max", "nsmallest", "nlargest"}
THE_ORDER = re.compile(r"\b(?:name_order|path_order|register_order|count_order|indicator_order)\b")
REASON = re.compile(r"(?:#|--) order: \w")  # why this one place sorts by something else
# What orders by itself: numbers, days, and places in lists that are in order already.
MEASURES = {
    *("row", "line", "number", "column", "at", "made_at", "closes", "starts", "ends", "version", "chart", "score", "d"),
    *("needed", "expected", "submitted"),
}
# Files that list nothing for a reader: arithmetic, tables of characters, parts of archives.
WITHOUT_LISTS = {
    "proforient/catalogue/name_keys.py": "keys and likenesses of words",
    "proforient/intake/archive.py": "parts of an archive",
    "proforient/intake/extras.py": "parts of an archive",
    "proforient/intake/encoding.py": "scores of code pages",
    "proforient/intake/layout.py": "numbers of rows and columns",
    "proforient/intake/number_format.py": "places of signs in a format",
    "proforient/intake/text_rows.py": "widths of rows",
    "proforient/palette.py": "luminances",
    "proforient/public/rounding.py": "pairs of numbers",
}
COUNTING = {"len", "int", "abs", "sum", "Fraction", "index", "height_of"}
PLACES = {"order", "_RANK", "places", "homes"}
BY_NUMBER = re.compile(r"(?:\w+_id|\w+_at|number|starts|ends|since|version|withdrawn)(?:\s+(?:DESC|ASC))?", re.I)
ORDER_BY = re.compile(r"\bORDER\s+BY\s+([^)\n]+)", re.I)
FIRST_OF = re.compile(r"\b(?:min|max|arg_min|arg_max|first|string_agg)\(\s*(?:\w+\.)?(?:\w*name|code|organisation|"
                      r"territory|login|title|level|indicator|count|cohort)\b", re.I)  # fmt: skip


def is_measure(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, int)
        case ast.Compare():
            return True
        case ast.UnaryOp(operand=inner):
            return isinstance(node.op, ast.Not) or is_measure(inner)
        case ast.BinOp(left=left, right=right):
            return is_measure(left) and is_measure(right)
        case ast.BoolOp(values=parts) | ast.Tuple(elts=parts):
            return all(map(is_measure, parts))
        case ast.IfExp(body=one, orelse=other):
            return is_measure(one) and is_measure(other)
        case ast.Call(func=ast.Name(id=called)):
            return called in COUNTING
        case ast.Call(func=ast.Attribute(value=ast.Name(id=of), attr="get")):
            return of in PLACES
        case ast.Call(func=ast.Attribute(attr=called)):
            return called in COUNTING
        case ast.Subscript(value=ast.Name(id=of)):
            return of in PLACES
        case ast.Attribute(attr=field) | ast.Name(id=field):
            return field in MEASURES
    return False


def is_of_numbers(node: ast.expr) -> bool:
    """Whether what is sorted without a key is seen to be numbers."""
    match node:
        case ast.GeneratorExp(elt=each) | ast.ListComp(elt=each) | ast.SetComp(elt=each):
            return is_measure(each)
        case ast.Call(func=ast.Name(id="map"), args=[ast.Name(id="len"), *_]):
            return True
        case ast.List(elts=parts):
            return any(map(is_measure, parts))
    return False


def orders_well(call: ast.Call, functions: dict[str, ast.FunctionDef]) -> bool:
    """``functions``: those of the file, since a key may be made in one."""
    given = {k.arg: k.value for k in call.keywords}
    by = [ast.unparse(call)] + [ast.unparse(functions[n.id]) for k in call.keywords for n in ast.walk(k.value)
                                if k.arg == "key" and isinstance(n, ast.Name) and n.id in functions]  # fmt: skip
    if any(map(THE_ORDER.search, by)):
        return True
    if isinstance(key := given.get("key"), ast.Lambda):
        return is_measure(key.body)
    if key is not None:
        return isinstance(key, ast.Name) and key.id in ("int", "len")
    if is_measure(given.get("default", ast.Constant("")) or ast.Constant("")):
        return True
    return bool(call.args) and is_of_numbers(call.args[0])


def called(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def sorts_in(text: str):
    for node in nodes(text):
        if isinstance(node, ast.Call) and called(node) in SORTS:
            # «max(a, b)» compares two things and lists nothing.
            if called(node) in ("min", "max") and len(node.args) > 1:
                continue
            yield node


def has_reason(lines: list[str], first: int, last: int) -> bool:
    """On one of the lines (from 1), or in the comment right above them."""
    return any(REASON.search(line) for line in lines[first - 1 : last]) or (
        first > 1 and lines[first - 2].lstrip().startswith(("#", "--")) and bool(REASON.search(lines[first - 2]))
    )


def wrong_python(text: str) -> list[int]:
    lines = text.splitlines()
    functions = {node.name: node for node in nodes(text) if isinstance(node, ast.FunctionDef)}
    return [
        call.lineno
        for call in sorts_in(text)
        if not orders_well(call, functions) and not has_reason(lines, call.lineno, call.end_lineno or call.lineno)
    ]


def wrong_sql(text: str) -> list[int]:
    lines, wrong = text.splitlines(), []
    for at, line in enumerate(lines, 1):
        by = [part.strip().rpartition(".")[2] for found in ORDER_BY.finditer(line) for part in found[1].split(",")]
        by = [re.split(r"[\"'`]", part)[0].strip() for part in by]
        if not all(BY_NUMBER.fullmatch(part) for part in by) or FIRST_OF.search(line):
            wrong += [] if has_reason(lines, at, at) else [at]
    return wrong


def sql_in(text: str) -> str:
    """The lines of a file that hold texts of SQL, the others empty."""
    if not re.search(r"\b(?:SELECT|ORDER BY)\b", text):
        return ""
    lines = text.splitlines()
    held = {
        at
        for node in nodes(text)
        if isinstance(node, ast.Constant | ast.JoinedStr) and re.search(r"\b(?:SELECT|ORDER BY)\b", ast.unparse(node))
        for at in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return "\n".join(line if at in held or line.lstrip().startswith("#") else "" for at, line in enumerate(lines, 1))


def test_what_is_sorted_is_sorted_by_the_one_order_of_names_or_says_why_not():
    wrong = [
        f"{name(path)}:{line}"
        for path in program_files(".py")
        if name(path) not in WITHOUT_LISTS
        for line in wrong_python(text_of(path))
    ]
    assert not wrong, "use wording.order, or say «# order: …» where nobody reads it:\n" + "\n".join(wrong)


def test_the_store_orders_by_numbers_and_days_only():
    wrong = [f"{name(path)}:{line}" for path in program_files(".sql") if "migrations" not in path.parts
             for line in wrong_sql(text_of(path))]  # fmt: skip
    wrong += [f"{name(path)}:{line}" for path in program_files(".py") for line in wrong_sql(sql_in(text_of(path)))]
    assert not wrong, "order names in Python by wording.order, or say «-- order: …»:\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "sorted(names)", "sorted({o.name for o in found})", "rows.sort()", "sorted(rows, key=lambda o: o.name)",
        "sorted(rows, key=lambda o: (-o.needed, o.code))", "max(rows, key=lambda c: (c.needed, c.organisation))",
        "min(o.name for o in rows)", "sorted(names, key=str.casefold)", "sorted(rows, key=attrgetter('name'))",
        "heapq.nsmallest(3, names)",
    ],
)  # fmt: skip
def test_the_guard_sees_an_order_of_codes(text):
    assert wrong_python(text)
    assert not wrong_python(f"# order: for the hash only\n{text}") and not wrong_python(f"{text}  # order: numbers")
    assert wrong_python(f"# in order: of\n{text}")


@pytest.mark.parametrize(
    "text",
    [
        "sorted(rows, key=lambda o: name_order(o.name))", "sorted(rows, key=lambda o: -o.needed)", "max(a, b)",
        "max([*values, Fraction(0)])", "max((c.needed or 0 for c in rows), default=0)", "sorted(v.row for v in values)",
    ],
)  # fmt: skip
def test_the_guard_lets_numbers_and_the_one_order_pass(text):
    assert not wrong_python(text)


@pytest.mark.parametrize(
    "by", ["name", "o.code", "f.territory, o.number", "ALL", "1", "login DESC", "v.value_id, name"]
)
def test_the_guard_sees_an_order_of_codes_in_sql(by):
    assert wrong_sql(f"SELECT x FROM o\nORDER BY {by}")
    assert wrong_sql(sql_in(f'run("SELECT x FROM o ORDER BY {by}")'))
    assert not wrong_sql(f"SELECT x\n-- order: nobody reads it\nORDER BY {by}")


def test_the_guard_lets_sql_order_by_numbers_and_days():
    assert not wrong_sql("SELECT x ORDER BY s.received_at DESC, s.submission_id DESC")
    assert wrong_sql("SELECT min(o.name) FROM o") and not wrong_sql("SELECT max(e.event_id) FROM event AS e")
