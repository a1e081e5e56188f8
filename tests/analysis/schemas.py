"""Checks a document against a schema of ``docs/schemas``; schemas may refer to each other by file name."""

from __future__ import annotations

import functools
import json
from pathlib import Path

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

FOLDER = Path(__file__).parents[2] / "docs" / "schemas"


def validate(document: object, schema: str) -> None:
    """Raises jsonschema.ValidationError; ``schema`` is a file name. The document passes through JSON text first."""
    _checker(schema).validate(json.loads(json.dumps(document)))


@functools.cache
def _checker(schema: str) -> Draft202012Validator:
    known = {path.name: json.loads(path.read_text("utf-8")) for path in FOLDER.glob("*.json")}
    Draft202012Validator.check_schema(known[schema])
    registry = Registry().with_resources((name, Resource.from_contents(text)) for name, text in known.items())
    return Draft202012Validator(known[schema], registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)
