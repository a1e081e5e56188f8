"""``python tests/guards/rooms_drawn.py``: draws docs/pictures/rooms.svg, the rooms and who imports whom, from the code.

A line leads from a room to one that imports it; where a way leads through another room, only that way is drawn.
"""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path

from sources import PACKAGE, ROOT, name, program_files
from test_rooms import ORDER, own_rooms, room_of

PICTURE = ROOT / "docs" / "pictures" / "rooms.svg"
# Which column a room stands in, from the left; its row follows from what it imports.
COLUMNS = (
    ("errors", "settings"),
    ("wording", "__main__"),
    (
        *("catalogue", "monitoring", "intake", "store", "analysis", "advice"),
        *("snapshot", "public", "access", "commands", "web", "pages"),
    ),
    ("palette", "charts", "documents", "mailing", "app"),
    ("frozen", "demo"),
    ("view",),
)
# What a room turns into what; the words of the data's way.
SAYS = {
    "errors": "work cannot go on",
    "settings": "environment",
    "wording": "sentences, rounding",
    "palette": "colours",
    "frozen": "stored forms",
    "catalogue": "indicators.toml",
    "monitoring": "the nouns of the field",
    "intake": "a file → values, findings",
    "store": "SQL: what is kept",
    "view": "the address",
    "analysis": "shares, plans, verdicts",
    "advice": "problems, actions",
    "snapshot": "frozen results",
    "public": "what guests may read",
    "charts": "sentences, figures, marks",
    "documents": "Word, workbooks, tables",
    "mailing": "letters that remind",
    "access": "who may do what",
    "demo": "invented districts",
    "commands": "the command line",
    "web": "what needs Streamlit",
    "pages": "one file a page",
    "app": "streamlit run",
    "__main__": "python -m proforient",
}
BOX, GAP, ROW, TOP = (176, 44), 20, 76, 24  # pixels: a box, between columns, from row to row, above the first


def imported() -> dict[str, set[str]]:
    """Room -> the rooms that any of its files imports."""
    found: dict[str, set[str]] = {room: set() for room in ORDER}
    for path in program_files(".py"):
        if path != PACKAGE / "__init__.py":
            found[room_of(path)] |= own_rooms(path) - {room_of(path)}
    return found


def drawn() -> str:
    """The picture as SVG; the same code gives the same bytes."""
    rooms = imported()

    @cache
    def below(room: str) -> frozenset[str]:
        return frozenset(rooms[room].union(*(below(one) for one in rooms[room])))

    @cache
    def row(room: str) -> int:
        return 1 + max((row(one) for one in rooms[room]), default=-1)

    column = {room: place for place, rooms_of in enumerate(COLUMNS) for room in rooms_of}
    at = {room: (GAP + column[room] * (BOX[0] + GAP), TOP + row(room) * ROW) for room in ORDER}
    assert len(set(at.values())) == len(at), "two rooms stand in one place: give one of them another column"
    lines = [
        _line(at[one], at[room])
        for room in ORDER
        for one in sorted(rooms[room])
        if not any(one in below(other) for other in rooms[room])
    ]
    width = GAP + len(COLUMNS) * (BOX[0] + GAP)
    height = TOP + (1 + max(map(row, ORDER))) * ROW
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
            ' font-family="sans-serif" font-size="13">',
            "<title>The rooms of proforient and who imports whom</title>",
            '<defs><marker id="end" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
            '<path d="M0 0 8 4 0 8z" fill="#555"/></marker></defs>',
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            *lines,
            *(_box(room, *at[room]) for room in ORDER),
            "</svg>\n",
        ]
    )


def _line(start: tuple[int, int], end: tuple[int, int]) -> str:
    """Down its own column as far as the gap above the other's row, then across into the other's top."""
    x, y = start[0] + BOX[0] // 2, start[1] + BOX[1]
    to_x, to_y = end[0] + BOX[0] // 2, end[1]
    across = to_y - (ROW - BOX[1]) // 2 - 2
    if x != to_x:
        to_x += 14 if x > to_x else -14
    way = f"M{x} {y}V{across}H{to_x}V{to_y}" if x != to_x else f"M{x} {y}V{to_y}"
    return f'<path d="{way}" fill="none" stroke="#555" marker-end="url(#end)"/>'


def _box(room: str, x: int, y: int) -> str:
    middle = x + BOX[0] // 2
    return (
        f'<rect x="{x}" y="{y}" width="{BOX[0]}" height="{BOX[1]}" rx="4" fill="#f3f1ea" stroke="#222"/>'
        f'<text x="{middle}" y="{y + 18}" text-anchor="middle" font-weight="bold">{escape(room)}</text>'
        f'<text x="{middle}" y="{y + 35}" text-anchor="middle" fill="#333">{escape(SAYS[room])}</text>'
    )


def main(picture: Path = PICTURE) -> None:
    picture.write_text(drawn(), "utf-8")
    print(f"{name(picture)}: written")


if __name__ == "__main__":
    main()
