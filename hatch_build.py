"""What a wheel needs is what ``requirements.txt`` names: one list for the checkout and for the package."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RequirementsFile(MetadataHookInterface):
    """Gives the package its dependencies."""

    def update(self, metadata: dict[str, Any]) -> None:
        lines = (Path(self.root) / "requirements.txt").read_text("utf-8").splitlines()
        metadata["dependencies"] = [line.partition("#")[0].strip() for line in lines if "==" in line.partition("#")[0]]
