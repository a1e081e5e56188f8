"""A number that is said beside a noun comes from the one function that makes them agree."""

import ast
import re

from sources import name, program_files, tree

BESIDE = re.compile(r"[ \u00a0]([а-яё]{2,})")
# Words after a number that do not change with it, or that the number does not count.
UNCHANGING = {
    *("из", "или", "до", "от", "на", "по", "за", "при", "раз", "лет", "не", "из-за", "без", "план", "плана", "нет"),
    *("экспертами", "назад", "дают", "дало", "ответили", "данных", "прошло", "уже", "повреждена", "прерванного"),
}


def _bare_number(value: ast.expr) -> bool:
    """«number(x)», «len(x)», «numeral(x)» without a noun, or a sum of such."""
    if isinstance(value, ast.Call):
        called = value.func.id if isinstance(value.func, ast.Name) else getattr(value.func, "attr", "")
        return called in ("number", "len", "str", "int", "numeral")
    return isinstance(value, ast.BinOp) and (_bare_number(value.left) or _bare_number(value.right))


def found_in(tree: ast.AST) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for one, after in zip(node.values, node.values[1:], strict=False):
                if isinstance(one, ast.FormattedValue) and isinstance(after, ast.Constant) and _bare_number(one.value):
                    word = BESIDE.match(str(after.value))
                    if word and word[1] not in UNCHANGING:
                        found.append((node.lineno, f"{ast.unparse(one.value)} {word[1]}"))
    return found


def test_a_counted_noun_comes_from_the_one_function():
    wrong = [f"{name(path)}:{line}: {what}" for path in program_files(".py") for line, what in found_in(tree(path))]
    assert not wrong, "use wording.counted:\n" + "\n".join(wrong)


def test_the_guard_sees_what_it_looks_for():
    assert found_in(ast.parse("f'{len(x)} файлов'")) and found_in(ast.parse("f'по {number(n)} показателям'"))
    assert not found_in(ast.parse("f'{counted(n, \"files\")} и {number(n)} из 5'"))
