"""axe-core, the checker of accessibility: fetched once from npm by its pinned hash, kept beside the packages."""

from __future__ import annotations

import base64
import hashlib
import io
import sys
import tarfile
import urllib.error
import urllib.request
from pathlib import Path

import pytest

VERSION = "4.14.1"
ADDRESS = f"https://registry.npmjs.org/axe-core/-/axe-core-{VERSION}.tgz"
SHA512 = "FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
KEPT = Path(sys.prefix) / f"axe-core-{VERSION}.min.js"

GRAVE = ("serious", "critical")
RUN = """([grave, rules]) => axe.run(document, {resultTypes: ['violations'], ...(rules.length
  ? {runOnly: {type: 'rule', values: rules}} : {})}).then(found => found.violations
  .filter(v => grave.includes(v.impact))
  .map(v => [v.id, v.nodes.map(n => n.target.join(' ') + ': ' + n.html.slice(0, 160))]))"""


def script() -> str:
    """The checker's text; where it can be neither found nor fetched, the test says that it did not run."""
    if not KEPT.exists():
        try:
            with urllib.request.urlopen(ADDRESS, timeout=30) as answer:
                packed = answer.read()
        except (urllib.error.URLError, TimeoutError) as error:
            pytest.skip(f"axe-core was not checked: npm cannot be reached ({error})")
        assert base64.b64encode(hashlib.sha512(packed).digest()).decode() == SHA512, "this is not the pinned axe-core"
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            member = archive.extractfile("package/axe.min.js")
            assert member is not None
            KEPT.write_bytes(member.read())
    return KEPT.read_text("utf-8")


def violations(page, rules=()) -> list[tuple[str, list[str]]]:
    """The serious and critical ones of the whole page: rule, and where; only of ``rules`` where some are named."""
    page.evaluate(script())
    return [(rule, nodes) for rule, nodes in page.evaluate(RUN, [list(GRAVE), list(rules)])]
