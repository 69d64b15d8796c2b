"""Real services for tests, on loopback and free ports, in a temporary folder, stopped at the end: Elasticsearch and PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

ELASTICSEARCH = "8.19.21"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{ELASTICSEARCH}:zip"
START_SECONDS = 120
USER, PASSWORD = "tester", "tester-password"


class ServiceMissing(Exception):
    """A service cannot be started here. The message is Vietnamese and says what to install."""


def free_port() -> int:
    """A port that nobody serves now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def other_user() -> str | None:
    """Who runs the services: neither of them starts as root."""
    if os.geteuid() != 0:
        return None
    for name in ("nobody", "daemon"):
        with contextlib.suppress(KeyError):
            pwd.getpwnam(name)
            return name
    raise ServiceMissing("Máy chỉ có root: cần thêm một người dùng thường để chạy Elasticsearch và PostgreSQL.")


def _run(command: list[str], folder: Path, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | (environment or {}), user=other_user(), stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ServiceMissing(f"{command[0]}: {(done.stderr or done.stdout)[-800:]}")


def _own(folder: Path) -> None:
    """Give a folder to who runs the services."""
    user = other_user()
    if user:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, user)


@contextlib.contextmanager
def _folder(prefix: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _stop(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def java_home() -> str:
    """Java 17. Raises ServiceMissing."""
    for folder in sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").is_dir() else []:
        if "17" in folder.name and (folder / "bin" / "java").exists():
            return str(folder)
    if os.environ.get("JAVA_HOME"):
        return os.environ["JAVA_HOME"]
    raise ServiceMissing("Thiếu Java 17. Debian, Ubuntu: sudo apt install openjdk-17-jre-headless")


def fetched_elasticsearch() -> Path:
    """The server's core from Maven Central, in Maven's local repository."""
    maven = shutil.which("mvn")
    if maven is None:
        raise ServiceMissing("Thiếu Maven. Debian, Ubuntu: sudo apt install maven")
    repository = Path(os.environ.get("MAVEN_REPOSITORY") or Path.home() / ".m2" / "repository")
    archive = repository / "org/elasticsearch/distribution/integ-test-zip/elasticsearch" / ELASTICSEARCH / f"elasticsearch-{ELASTICSEARCH}.zip"
    if not archive.is_file():
        command = [maven, "-q", "-B", f"-Dmaven.repo.local={repository}", "dependency:get", f"-Dartifact={ARTIFACT}", "-Dtransitive=false"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if done.returncode or not archive.is_file():
            raise ServiceMissing(f"Không tải được Elasticsearch từ Maven Central: {done.stdout[-500:]}")
    return archive


@contextlib.contextmanager
def elasticsearch(*, is_secured: bool = False) -> Iterator[str]:
    """A server of one node; yields its address, with name and password where it asks for them."""
    java, archive = java_home(), fetched_elasticsearch()
    with _folder("portal-elasticsearch-") as folder:
        with zipfile.ZipFile(archive) as packed:
            packed.extractall(folder)
        home = next(folder.glob("elasticsearch-*"))
        for program in (home / "bin").iterdir():
            program.chmod(0o755)
        port = free_port()
        lines = [
            "discovery.type: single-node",
            f"xpack.security.enabled: {'true' if is_secured else 'false'}",
            "http.host: 127.0.0.1",
            "transport.host: 127.0.0.1",
            f"http.port: {port}",
            f"transport.port: {free_port()}",
            "cluster.routing.allocation.disk.threshold_enabled: false",
            "action.auto_create_index: false",
        ]
        if is_secured:
            lines += ["xpack.security.http.ssl.enabled: false", "xpack.security.transport.ssl.enabled: false"]
        (home / "config" / "elasticsearch.yml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        _own(folder)
        environment = {"ES_JAVA_HOME": java, "ES_JAVA_OPTS": "-Xms512m -Xmx512m", "ES_PATH_CONF": str(home / "config"), "HOME": str(folder)}
        if is_secured:
            _run([str(home / "bin" / "elasticsearch-users"), "useradd", USER, "-p", PASSWORD, "-r", "superuser"], home, environment)
        log = folder / "server.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [str(home / "bin" / "elasticsearch")],
                cwd=home,
                env=os.environ | environment,
                user=other_user(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                _wait_for_elasticsearch(port, process, log, is_secured=is_secured)
                yield f"http://{USER}:{PASSWORD}@127.0.0.1:{port}" if is_secured else f"http://127.0.0.1:{port}"
            finally:
                _stop(process)


def _wait_for_elasticsearch(port: int, process: subprocess.Popen[bytes], log: Path, *, is_secured: bool) -> None:
    """GET / is 405 on this core: its health tells."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/_cluster/health?wait_for_status=yellow&timeout=5s")
    if is_secured:
        request.add_header("Authorization", "Basic " + b64encode(f"{USER}:{PASSWORD}".encode()).decode())
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError), urllib.request.urlopen(request, timeout=10):
            return
        time.sleep(0.3)
    raise ServiceMissing(f"Elasticsearch không chạy: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """A server with one database; yields its DATABASE_URL."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name)) if Path("/usr/lib/postgresql").is_dir() else []
    if not programs:
        raise ServiceMissing("Thiếu PostgreSQL. Debian, Ubuntu: sudo apt install postgresql")
    with _folder("portal-postgresql-") as folder:
        _own(folder)
        data, port = folder / "data", free_port()
        _run([str(programs[-1] / "initdb"), "-D", str(data), "-U", "portal", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], folder)
        log = folder / "server.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [str(programs[-1] / "postgres"), "-D", str(data), "-p", str(port), "-k", str(folder), "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"],
                cwd=folder,
                user=other_user(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            try:
                _wait_for_port(port, process, log)
                yield f"postgres://portal@127.0.0.1:{port}/postgres"
            finally:
                _stop(process)


def _wait_for_port(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            time.sleep(0.5)
            return
        time.sleep(0.1)
    raise ServiceMissing(f"PostgreSQL không chạy: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
