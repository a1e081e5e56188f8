"""What a key and a block of the catalogue are; the tables themselves are in the modules ``keys*``."""

from __future__ import annotations

from dataclasses import dataclass

from proforient.catalogue.value_types import CODE, TERRITORY, YEAR, Type


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockKey:
    """One key of a block.

    ``good`` and ``bad`` are TOML values: the first passes in an otherwise good catalogue, the second is a mistake
    at this key. ``refers`` names the block whose codes it holds. ``kinds``: only for these kinds of indicator.
    ``falls_back``: the key of the same block whose value it takes when absent. ``keys``: those of an inner table.
    """

    name: str
    type: Type
    meaning: str  # Russian
    good: str
    bad: str
    required: bool = False
    refers: str = ""
    kinds: tuple[str, ...] = ()
    falls_back: str = ""
    field: str = ""  # of the record, where it is not the key's own name
    keys: tuple[BlockKey, ...] = ()

    @property
    def attribute(self) -> str:
        return self.field or self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One kind of block: ``[catalogue]`` once, the others ``[[name]]`` any number of times."""

    name: str
    plural: str  # the field of ``entries.Catalogue``
    meaning: str  # Russian
    keys: tuple[BlockKey, ...]

    @property
    def coded(self) -> bool:
        """Whether its entries are known by a code (all but plans and the head of the catalogue)."""
        return self.name not in ("catalogue", "plan")

    def key(self, name: str) -> BlockKey:
        return next(k for k in self.keys if k.name == name)


def code_key(example: str, meaning: str) -> BlockKey:
    """The key ``code`` of a block, with a code of its own as the good example."""
    return BlockKey(
        name="code",
        type=CODE,
        meaning=meaning,
        good=f'"{example}"',
        bad='"Код с пробелом"',
        required=True,
    )


def source_key(example: str) -> BlockKey:
    """The key ``source`` of a block."""
    return BlockKey(
        name="source",
        type=CODE,
        meaning="Код документа из [[source]], откуда это взято",
        good=f'"{example}"',
        bad='"no-such-source"',
        refers="source",
    )


def holding_keys(what: str) -> tuple[BlockKey, BlockKey, BlockKey]:
    """Where and in which years an entry holds; without them everywhere and always. ``what``: «документ», «срок»…"""
    return (
        BlockKey(
            name="territory",
            type=TERRITORY,
            meaning=f"Где действует {what}: регион или «Регион / Муниципалитет»; без ключа везде",
            good='"Область / Район"',
            bad='"Область /"',
        ),
        BlockKey(
            name="from",
            type=YEAR,
            meaning=f"Первый год периода, за который действует {what}",
            good="2022",
            bad='"2022"',
            field="since",
        ),
        BlockKey(
            name="until", type=YEAR, meaning=f"Последний год, за который действует {what}", good="2030", bad='"2030"'
        ),
    )
