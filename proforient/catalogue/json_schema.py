"""The catalogue's shape for editors of TOML: the tables of ``keys`` in, the JSON Schema of ``docs/schemas`` out.

``python -m proforient.catalogue.json_schema > docs/schemas/catalogue.json`` writes it anew; a test holds the two
together. It says of one value what can be said without the others; ``check-catalogue`` says the rest.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from proforient.catalogue.blocks import RETIRED
from proforient.catalogue.keys import BLOCKS
from proforient.catalogue.shape import Block, BlockKey

Schema = dict[str, Any]


def _key(key: BlockKey) -> Schema:
    sentences = [key.meaning, f"Код из [[{key.refers}]]" if key.refers else "", f"Например: {key.good}"]
    found: Schema = {"description": ". ".join(part for part in sentences if part), **key.type.schema}
    return {**found, **_table(key.keys)} if key.keys else found


def _table(keys: Iterable[BlockKey], block: str = "") -> Schema:
    """An object of these keys and no others; those that nobody reads any more are passed over, as in reading."""
    retired = {name: {"deprecated": True, "description": "Больше не читается"} for at, name in RETIRED if at == block}
    known = list(keys)
    return {
        "type": "object",
        "properties": {**{key.name: _key(key) for key in known}, **retired},
        "required": [key.name for key in known if key.required],
        "additionalProperties": False,
    }


def _only_at_its_kinds(block: Block) -> Iterator[Schema]:
    """Keys that indicators of some kinds alone have."""
    for key in block.keys:
        if key.kinds:
            kinds = {"properties": {"kind": {"enum": list(key.kinds)}}}
            yield {"if": {"required": [key.name]}, "then": kinds}


def _block(block: Block) -> Schema:
    found = {"description": block.meaning, **_table(block.keys, block.name)}
    conditions = list(_only_at_its_kinds(block))
    return {**found, "allOf": conditions} if conditions else found


def schema() -> Schema:
    """The whole of ``docs/schemas/catalogue.json``."""
    blocks = {
        name: _block(block) if name == "catalogue" else {"type": "array", "items": _block(block)}
        for name, block in BLOCKS.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "catalogue.json",
        "title": "catalogue",
        "description": "Каталог мониторинга (indicators.toml) для редакторов TOML; даты в нём — тексты",
        "type": "object",
        "properties": blocks,
        "required": ["catalogue"],
        "additionalProperties": False,
    }


def schema_text() -> str:
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
