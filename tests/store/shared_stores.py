"""Several servers of one shared store in one process."""

from __future__ import annotations

from pathlib import Path

from proforient.store.shared import SharedStore


class Servers:
    """Servers of one shared store, each with a folder of its own."""

    def __init__(self, server, folder: Path, catalogue, database: str) -> None:
        self.postgres, self.folder, self.catalogue = server, folder, catalogue
        self.dsn = server.dsn(database)
        self.running: dict[str, SharedStore] = {}

    def start(self, name: str) -> SharedStore:
        """The server of that name; one that runs already is left alone."""
        if name not in self.running:
            own, common = self.folder / name, self.folder / "shared"
            secrets = self.folder / "secrets"
            self.running[name] = SharedStore.join(own, self.catalogue, self.dsn, common, secrets=secrets)
        return self.running[name]

    def stop(self, *names: str) -> None:
        for name in names or list(self.running):
            self.running.pop(name).close()
