"""PostgreSQL, two servers of one shared store and nginx before them, on one computer: `make run-shared`, tests."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import postgres
from serving import ROOT, Server, environment, free_port, serve

MISSING = postgres.MISSING or (None if shutil.which("nginx") else "нет nginx: установите пакет nginx")

# Of one computer all browsers have the same address: they are told apart by what they call themselves, too.
NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    client_max_body_size 25m;
    map $http_upgrade $connection_upgrade {{ default upgrade; "" close; }}
    upstream proforient {{
        hash "$remote_addr $http_user_agent" consistent;
{servers}
    }}
    server {{
        listen 127.0.0.1:{port};
        location / {{
            proxy_pass http://proforient;
            proxy_http_version 1.1;
            proxy_next_upstream error timeout;
            proxy_connect_timeout 2s;
            proxy_read_timeout 3600s;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $connection_upgrade;
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Proto $scheme;
            add_header X-Served-By $upstream_addr;
        }}
    }}
}}
"""


@dataclass
class SharedServers:
    """Everything that runs: ``address`` is nginx's."""

    address: str
    database: postgres.Postgres
    servers: list[Server]
    proxy: subprocess.Popen[bytes]
    folder: Path
    own: Mapping[str, str]  # what every server has of its environment

    @property
    def alive(self) -> bool:
        return self.proxy.poll() is None and all(server.process.poll() is None for server in self.servers)

    def kill_proxy(self) -> None:
        """nginx and its workers, as the system kills a program; then another one in its place."""
        own = Path(f"/proc/{self.proxy.pid}/task/{self.proxy.pid}/children").read_text().split()
        for number in (self.proxy.pid, *map(int, own)):
            os.kill(number, signal.SIGKILL)
        self.proxy.wait()
        self.proxy = _proxy(self.folder, int(self.address.rpartition(":")[2]), self.servers)


@contextmanager
def shared_servers(*, port: int | None = None, territory: str = "") -> Iterator[SharedServers]:
    """Runs as long as the block; everything lies in a folder in /tmp and goes with it. The demonstration is in it.

    ``territory``: of that one only.
    """
    port = port or free_port()
    with ExitStack() as at_end:
        folder = Path(tempfile.mkdtemp(prefix="proforient-shared-"))
        at_end.callback(shutil.rmtree, folder, ignore_errors=True)
        database = at_end.enter_context(postgres.postgres())
        own = {
            "PROFORIENT_STORE": f"ducklake:postgres:{database.dsn('proforient')}",
            "PROFORIENT_SHARED": str(folder / "shared"),
            "PROFORIENT_SECRETS": str(folder / "secrets"),
        }
        command = [sys.executable, "-m", "proforient", "demo", *(("--territory", territory) if territory else ())]
        subprocess.run(command, cwd=ROOT, env=environment(folder / "server-1", **own), check=True)
        servers = [
            at_end.enter_context(serve(folder / f"server-{number}", port=free_port(), **own)) for number in (1, 2)
        ]
        proxy = _proxy(folder, port, servers)
        running = SharedServers(f"http://127.0.0.1:{port}", database, servers, proxy, folder, own)
        at_end.callback(lambda: _end(running.proxy))
        yield running


def _proxy(folder: Path, port: int, servers: list[Server]) -> subprocess.Popen[bytes]:
    lines = [f"        server {s.address.removeprefix('http://')} max_fails=1 fail_timeout=2s;" for s in servers]
    settings = folder / "nginx.conf"
    settings.write_text(NGINX.format(folder=folder, port=port, servers="\n".join(lines)), "utf-8")
    if os.getuid() == 0:  # nginx's workers are then another user's
        folder.chmod(0o711)
        for name in ("body", "proxy"):
            (folder / name).mkdir(exist_ok=True)
            shutil.chown(folder / name, "www-data")
    return subprocess.Popen([shutil.which("nginx") or "nginx", "-p", str(folder), "-c", str(settings)])


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()


def main() -> int:
    """Until Ctrl+C, or until one of them ends by itself."""
    if MISSING:
        print(MISSING, file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print("PostgreSQL, два сервера и nginx; демонстрация записывается в общее хранилище…", flush=True)
    try:
        with shared_servers(port=int(os.environ.get("PORT") or 8501)) as running:
            each = ", ".join(server.address for server in running.servers)
            print(f"Откройте {running.address}  (остановить всё: Ctrl+C)\nсерверы: {each}", flush=True)
            while running.alive:
                time.sleep(0.5)
            print("Одна из программ закончила сама: остальные остановлены.", file=sys.stderr)
            return 1
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
