"""The texts of deploy/ are run as they stand, but for names, ports and certificates of the place."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import shared_servers
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from serving import PATIENCE, ROOT, fill_with_demonstration, free_port, serve

from proforient.access.cookies import NAME

DEPLOY = ROOT / "deploy"
HOST = "prof.edu.example.ru"
PATH = os.pathsep.join([os.environ["PATH"], "/usr/sbin", "/sbin"])


def tool(name):
    found = shutil.which(name, path=PATH)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Certificate and key of ``HOST`` and localhost, signed by nobody but itself."""
    folder, key = tmp_path_factory.mktemp("tls"), ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    today = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(today - dt.timedelta(days=1))
        .not_valid_after(today + dt.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST), x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "prof.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "prof.key").write_bytes(private)
    return folder


def put(text, *changes):
    """The text with what differs here; every change is one that it has a place for."""
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextlib.contextmanager
def nginx(folder, certificate, behind):
    https, http = free_port(), free_port()
    text = put(
        (DEPLOY / "nginx.conf").read_text("utf-8"),
        ("listen [::]:80;", ""), ("listen [::]:443 ssl http2;", ""),
        ("listen 80;", f"listen 127.0.0.1:{http};"), ("listen 443 ssl http2;", f"listen 127.0.0.1:{https} ssl http2;"),
        ("127.0.0.1:8501", f"127.0.0.1:{behind}"), ("/etc/ssl/", f"{certificate}/"),
    )  # fmt: skip
    (folder / "site.conf").write_text(text, "utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    own = "user root; " if os.getuid() == 0 else ""  # the folder of a test is open to its owner only
    main = (
        f"{own}daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_rlimit_nofile 4096;"
        f"events {{ worker_connections 1024; }} http {{ {temporary} include {folder}/site.conf; }}"
    )
    (folder / "main.conf").write_text(main, "utf-8")
    with ended([tool("nginx"), "-p", str(folder), "-c", str(folder / "main.conf")], folder, https):
        yield https, http


@contextlib.contextmanager
def caddy(folder, certificate, behind):
    https, http = free_port(), free_port()
    text = put(
        (DEPLOY / "Caddyfile").read_text("utf-8"),
        ("{\n\tservers {", f"{{\n\tadmin off\n\thttp_port {http}\n\thttps_port {https}\n\tservers {{"),
        (f"\n{HOST} {{", f"\n{HOST} {{\n\tbind 127.0.0.1\n\ttls {certificate}/prof.crt {certificate}/prof.key"),
        ("127.0.0.1:8501", f"127.0.0.1:{behind}"),
    )  # fmt: skip
    (folder / "Caddyfile").write_text(text, "utf-8")
    call = [tool("caddy"), "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with ended(call, folder, https):
        yield https, http


@contextlib.contextmanager
def ended(call, folder, port):
    """Runs until the block ends; begins when the port takes connections."""
    with (folder / "log").open("w+b") as log:
        process = subprocess.Popen(
            call,
            stdout=log,
            stderr=subprocess.STDOUT,
            env={"PATH": PATH, "HOME": str(folder), "XDG_DATA_HOME": str(folder)},
        )
        try:
            end = time.monotonic() + PATIENCE
            while True:
                assert process.poll() is None and time.monotonic() < end, (folder / "log").read_text("utf-8", "replace")
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(20)


class Echo(BaseHTTPRequestHandler):
    """Says which headers came; takes an upgrade as the program takes that of a page."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.headers.get("Upgrade"):
            self.send_response(101)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
            self.end_headers()
            self.close_connection = True
            return
        told = str(self.headers).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *told):
        pass


@pytest.fixture(scope="module")
def echo():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def over_tls(certificate, port):
    context = ssl.create_default_context(cafile=str(certificate / "prof.crt"))
    context.set_alpn_protocols(["http/1.1"])
    return context.wrap_socket(socket.create_connection(("127.0.0.1", port), 20), server_hostname=HOST)


def asked(certificate, port, path="/", *headers, body=b"", host=HOST):
    """Status line, headers and what came of the body, over TLS."""
    lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", f"Host: {host}", "Connection: close", *headers]
    if "Upgrade: websocket" in headers:
        lines.remove("Connection: close")
    with over_tls(certificate, port) as line:
        with contextlib.suppress(OSError):
            line.sendall(
                "\r\n".join([*lines, f"Content-Length: {len(body)}" if body else "X: y", "", ""]).encode() + body
            )
        got = b""
        with contextlib.suppress(OSError):
            line.settimeout(20)
            while piece := line.recv(65536):
                got += piece
                if got.startswith(b"HTTP/1.1 101"):
                    break
    return got.decode("utf-8", "replace")


UPGRADE = (
    "Upgrade: websocket",
    "Connection: Upgrade",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: " + "A" * 22 + "==",
)


@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_the_proxy_speaks_https_for_the_program(proxy, certificate, echo, tmp_path):
    with proxy(tmp_path, certificate, echo) as (https, http):
        got = asked(certificate, https, "/", "X-Forwarded-For: 10.9.9.9")
        head, _, told = got.lower().partition("\r\n\r\n")
        assert head.startswith("http/1.1 200") and "strict-transport-security: max-age=63072000" in head
        assert f"host: {HOST}" in told and "x-forwarded-proto: https" in told
        assert re.findall(r"x-forwarded-for: (.*)", told) == ["127.0.0.1"], "nobody says himself where he comes from"
        assert asked(certificate, https, "/_stcore/stream", *UPGRADE).startswith("HTTP/1.1 101")
        largest = asked(certificate, https, "/up", body=b"x" * (21 << 20))  # 20 MB of a file and the form around it
        assert largest.startswith("HTTP/1.1 200")
        larger = asked(certificate, https, "/up", body=b"x" * (27 << 20))
        assert larger.split()[1] in ("413", "502"), "Caddy 2.6 breaks off what grows too large"
        request = urllib.request.Request(f"http://127.0.0.1:{http}/s/abc", headers={"Host": HOST})
        with pytest.raises(urllib.error.HTTPError) as moved:
            urllib.request.build_opener(NoRedirect).open(request, timeout=20)
        assert moved.value.code == 308 and moved.value.headers["location"].startswith(f"https://{HOST}")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *told):
        return None


@pytest.mark.soak
@pytest.mark.parametrize("proxy", [nginx, caddy])
def test_the_program_itself_stands_behind_it(proxy, certificate, tmp_path):
    folder = fill_with_demonstration(tmp_path / "data")
    port = free_port()
    with (
        serve(folder, port=port, PROFORIENT_ADDRESS=f"https://{HOST}") as server,
        proxy(tmp_path, certificate, port) as (https, _),
    ):
        cookie = f"Cookie: {NAME}={server.cookie()}"
        assert '"status":"ok"' in asked(certificate, https, "/healthz")
        assert asked(certificate, https, "/", cookie, "Accept: text/html").startswith("HTTP/1.1 200")
        assert asked(certificate, https, "/account", cookie).startswith("HTTP/1.1 200"), "the session passes"
        assert asked(certificate, https, "/account").split()[1] == "303", "and nobody comes in without one"
        live = (*UPGRADE, cookie, f"Origin: https://{HOST}", "Sec-WebSocket-Protocol: streamlit")
        assert asked(certificate, https, "/_stcore/stream", *live).startswith("HTTP/1.1 101")


def test_systemd_takes_the_unit(tmp_path):
    verify = tool("systemd-analyze")
    text = (DEPLOY / "proforient.service").read_text("utf-8")
    assert "LimitNOFILE=65536" in text
    unit = tmp_path / "proforient.service"
    unit.write_text(put(text, ("/srv/proforient/venv/bin/proforient", sys.executable)), "utf-8")
    done = subprocess.run([verify, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_container_runs_as_nobody_with_one_volume_and_looks_after_its_health():
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    stages = re.findall(r"^(FROM|USER|VOLUME|HEALTHCHECK|CMD|EXPOSE) ", text, re.M)
    assert stages == ["FROM", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "CMD"], "all that needs root comes before USER"
    assert re.search(r"^USER 10001:10001$", text, re.M) and "--require-hashes" in text and "/healthz" in text
    let_in = (DEPLOY / "Containerfile.containerignore").read_text("utf-8").splitlines()
    assert let_in[0] == "*" and all((ROOT / line[1:]).exists() for line in let_in if line.startswith("!"))
    build = (ROOT / "pyproject.toml").read_text("utf-8")
    shipped = re.search(r"force-include\]\n(.*?)\n\n", build, re.S)[1]
    assert {line.split('"')[1].split("/")[0] for line in shipped.splitlines()} <= {line[1:] for line in let_in}


@pytest.mark.soak
@pytest.mark.slow
def test_the_container_serves_as_nobody(tmp_path):
    """``PROFORIENT_BASE``: an image with Python 3.11 on this machine: in a closed network none can be fetched.

    Not by ``podman run``: a sandbox that may not change limits starts no container; buildah needs none of that.
    """
    buildah, base = tool("buildah"), os.environ.get("PROFORIENT_BASE")
    if not base:
        pytest.skip("PROFORIENT_BASE names no image to build on")
    more, port = os.environ.get("PROFORIENT_BUILD_OPTIONS", "").split(), free_port()
    built = [buildah, "build", "--isolation", "chroot", "--format", "docker", "--network", "host", *more]
    text = ["--build-arg", f"BASE={base}", "-f", "deploy/Containerfile", "-t", "proforient-test", "."]
    subprocess.run([*built, *text], cwd=ROOT, check=True)
    asked = subprocess.run([buildah, "from", "proforient-test"], check=True, capture_output=True, text=True)
    name = asked.stdout.strip()
    inside = [buildah, "run", "--isolation", "chroot", "--env", f"PORT={port}", "--env", "HOST=127.0.0.1"]
    program = subprocess.Popen([*inside, "--env", "PROFORIENT_MODE=demo", name, "--", "proforient", "run"])
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}/healthz")
        look = "id -u; test -w /opt/proforient && echo writable; stat -c %U /data/store"
        told = subprocess.run([*inside, name, "--", "sh", "-c", look], check=True, capture_output=True, text=True)
        assert told.stdout.split() == ["10001", "proforient"]
    finally:
        program.terminate()
        program.wait(30)
        subprocess.run([buildah, "rm", name], check=False)


def wait_until_healthy(address):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5) as told:
            assert told.status == 200
            return
        time.sleep(1)
    raise AssertionError(address)


# As the container has it: nothing can be written but /tmp, which begins empty, and the one volume.
READ_ONLY_ROOT = """
set -e
mount --make-rprivate /
mount --bind "$VOLUME" /mnt
mount -t tmpfs tmpfs /media
mount --bind "$ROOT" "$ROOT"
mount -o remount,bind,ro "$ROOT"
mount -o remount,bind,ro /
touch /anything 2>/dev/null && exit 9
cd /mnt
exec "$PYTHON" -m proforient run
"""


@pytest.mark.soak
def test_the_program_needs_one_volume_and_no_other_place_to_write(tmp_path):
    """What the container promises, without one: the root of this machine read-only, keys and store in the volume."""
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount")
    volume, port = tmp_path / "volume", free_port()
    volume.mkdir()
    env = {
        "VOLUME": str(volume), "ROOT": str(ROOT), "PYTHON": sys.executable, "PYTHONPATH": str(ROOT), "HOME": "/mnt",
        "TMPDIR": "/media", "PATH": PATH, "PORT": str(port), "HOST": "127.0.0.1", "PROFORIENT_MODE": "production",
        "PROFORIENT_ADDRESS": f"https://{HOST}", "PROFORIENT_DATA": "/mnt/store", "PROFORIENT_SECRETS": "/mnt/keys",
        "PYTHONDONTWRITEBYTECODE": "1",
    }  # fmt: skip
    with (tmp_path / "log").open("wb") as log:
        program = subprocess.Popen(
            ["unshare", "-rm", "sh", "-c", READ_ONLY_ROOT], env=env, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}/healthz")
    finally:
        program.terminate()
        program.wait(30)
    told = (tmp_path / "log").read_text("utf-8", "replace")
    assert "Read-only" not in told and "Traceback" not in told, told
    written = {path.relative_to(volume).parts[0] for path in volume.rglob("*") if path.is_file()}
    assert {"store", "keys"} <= written, written
    assert (volume / "store" / "proforient.duckdb").stat().st_size > 0


def of_region():
    """Command lines of what runs in the folders of the region's way on one computer."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            said = (place / "cmdline").read_bytes() + (place / "environ").read_bytes()
            if b"/proforient-shared-" in said or b"/proforient-pg-" in said:
                found.append((int(place.name), (place / "cmdline").read_bytes().replace(b"\0", b" ").decode()))
    return found


@pytest.mark.soak
def test_one_command_starts_the_regions_way_and_ctrl_c_ends_all_of_it():
    if shared_servers.MISSING:
        pytest.skip(shared_servers.MISSING)
    before, port = {number for number, _ in of_region()}, free_port()
    started = subprocess.Popen(
        ["make", "run-shared", f"PORT={port}"], cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        told = next((line for line in started.stdout if f":{port}" in line), "")
        assert told, "it ended without having named its address"
        running = [what for number, what in of_region() if number not in before]
        names = ("postgres", "nginx", "streamlit")
        assert [name for name in names if not any(name in what for what in running)] == []
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=20) as healthy:
            assert healthy.status == 200
        os.killpg(started.pid, signal.SIGINT)  # as a terminal sends it: to everything that was started from there
        started.wait(60)
        assert [what for number, what in of_region() if number not in before] == []
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
