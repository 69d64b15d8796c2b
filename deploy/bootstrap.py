"""Makes .venv with the pinned libraries; a second run finds its stamp and does nothing.

Only the standard library, and only what Python 3.6 can read, so that a Python that is too old gets
one Vietnamese line instead of a SyntaxError. `--dev` adds the tools of `make test`, `lint` and `e2e`;
`--wheelhouse` fills var/wheelhouse for machines without a network.
"""

import argparse
import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional

OLDEST_PYTHON = (3, 11)
NEWER_PYTHONS = ["python3.14", "python3.13", "python3.12", "python3.11"]

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "portal-stamp.json"
WHEELHOUSE = ROOT / "var" / "wheelhouse"
RUNTIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"

# What pip prints, and what a person should do about it. The first that matches is shown.
PIP_TROUBLES = [
    (r"No space left on device|Disk quota exceeded", "Đĩa đã đầy, chưa cài được thư viện. Hãy dọn bớt đĩa (cần khoảng 700 MB) rồi chạy lại."),
    (r"DO NOT MATCH THE HASHES", "Gói tải về không khớp mã băm đã ghi, có thể mạng đã thay tệp. Không cài; hãy thử lại trên một mạng khác."),
    (
        r"NewConnectionError|NameResolutionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError|Network is unreachable|name resolution",
        "Không có mạng để tải thư viện. Hãy nối mạng rồi chạy lại; hoặc ở một máy có mạng chạy `make wheelhouse` rồi chép thư mục var/wheelhouse sang đây.",
    ),
    (r"No matching distribution found", "Chưa có gói dựng sẵn cho máy này ({machine}). Hãy dùng Python 3.11 đến 3.13 trên Linux, macOS hoặc Windows 64-bit."),
    (r"Permission denied", "Không được ghi vào thư mục .venv. Hãy chạy bằng tài khoản sở hữu thư mục này."),
]


class Refused(Exception):
    """The machine cannot be made ready. The message is one Vietnamese line that says what to do."""


def say(text: str, end: str = "\n") -> None:
    """Print in UTF-8 whatever the terminal's locale claims."""
    sys.stdout.buffer.write((text + end).encode("utf-8"))
    sys.stdout.buffer.flush()


def runs(python: str, and_imports: str = "sys") -> bool:
    """Whether that interpreter starts, is new enough, and has that module."""
    check = "import sys, {}; sys.exit(sys.version_info < {!r})".format(and_imports, OLDEST_PYTHON)
    try:
        return subprocess.call([python, "-c", check], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def check_python() -> None:
    """Refuse a Python that is too old; name a newer one if the machine has it."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    have = "Python {}.{} quá cũ: cổng thông tin cần Python 3.11 trở lên.".format(*sys.version_info[:2])
    newer = next((name for name in NEWER_PYTHONS if shutil.which(name) and runs(name)), None)
    if newer:
        raise Refused("{} Máy này có {}: hãy gõ thêm PYTHON={}, ví dụ `make run PYTHON={}`.".format(have, newer, newer, newer))
    raise Refused("{} Hãy cài bản mới (Debian, Ubuntu: sudo apt install python3.11 python3.11-venv) rồi chạy `make run PYTHON=python3.11`.".format(have))


def venv_python() -> Path:
    """The interpreter inside .venv."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def digest(path: Path) -> str:
    """What a stamp keeps of a requirements file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_stamp() -> Dict[str, Any]:
    """What the last install did; empty when there was none."""
    try:
        return dict(json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one bootstrap at a time touch .venv: `make run` and `make test` may start together."""
    name = "portal-{}.lock".format(hashlib.sha256(str(ROOT).encode("utf-8")).hexdigest()[:16])
    with (Path(tempfile.gettempdir()) / name).open("w") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        except ImportError:
            pass  # Windows has no flock; there two starts at once stay the person's own affair.
        yield


def make_venv() -> None:
    """Create .venv, or make it anew when its Python is gone or the folder was moved."""
    moved = read_stamp().get("root", str(ROOT)) != str(ROOT)
    if venv_python().exists() and runs(str(venv_python()), and_imports="pip") and not moved:
        return
    say("Tạo môi trường Python trong .venv …")
    shutil.rmtree(str(VENV), ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    if made.returncode == 0:
        return
    shutil.rmtree(str(VENV), ignore_errors=True)
    if "ensurepip" in made.stdout:
        version = "{}.{}".format(*sys.version_info[:2])
        raise Refused("Python của máy thiếu phần venv. Hãy cài (Debian, Ubuntu: sudo apt install python{}-venv) rồi chạy lại.".format(version))
    raise Refused(explain(made.stdout) or "Không tạo được .venv: {}".format((made.stdout.strip().splitlines() or ["không rõ lý do"])[-1]))


def explain(output: str) -> Optional[str]:
    """The line for a person behind what pip or venv printed, if it is a known trouble."""
    machine = "Python {}.{}, {}".format(sys.version_info[0], sys.version_info[1], sys.platform)
    for pattern, advice in PIP_TROUBLES:
        if re.search(pattern, output):
            return advice.format(machine=machine)
    return None


def pip_arguments(command: str, requirements: Path) -> List[str]:
    """pip with every wheel pinned by hash; nothing is compiled, nothing resolved anew."""
    options = [
        "--require-hashes",
        "--only-binary",
        ":all:",
        "--no-deps",
        "--disable-pip-version-check",
        "--no-input",
        "--retries",
        "2",
        "--progress-bar",
        "off",
    ]
    return [str(venv_python()), "-m", "pip", command] + options + ["-r", str(requirements)]


def run_pip(arguments: List[str], requirements: Path, what: str) -> None:
    """Run pip, telling how far it is; its own output is shown only when it fails in an unknown way."""
    total = len(re.findall(r"(?m)^[A-Za-z0-9]", requirements.read_text(encoding="utf-8")))
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True, encoding="utf-8", errors="replace")
    kept = []  # type: List[str]
    for count, _name in count_packages(process, kept):
        if sys.stdout.isatty():
            say("\r{}: {}/{} ".format(what, count, total), end="")
        elif count % 20 == 1:
            say("{}: {}/{}".format(what, count, total))
    if sys.stdout.isatty():
        say("\r{}: xong.        ".format(what))
    if process.wait() == 0:
        return
    output = "".join(kept)
    advice = explain(output)
    if advice:
        raise Refused(advice)
    say("".join(kept[-15:]))
    raise Refused("Cài thư viện không xong vì lỗi ghi ngay trên. Hãy chạy lại; nếu vẫn lỗi, xóa thư mục .venv rồi chạy lại.")


def count_packages(process: Any, kept: List[str]) -> Iterator[Any]:
    """(how many so far, name) for each package that pip takes up; every line of its output goes to `kept`."""
    count = 0
    for line in process.stdout:
        kept.append(line)
        match = re.match(r"(?:Collecting|Processing|Requirement already satisfied:) ([A-Za-z0-9./_-]+)", line)
        if match:
            count += 1
            yield count, match.group(1)


def put_on_path() -> None:
    """A .pth file: every Python of .venv finds the rooms and the folder `site/`, from any folder.

    The entries come after the standard library, so `import site` stays the standard library's.
    """
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.check_output([str(venv_python()), "-c", code], universal_newlines=True).strip()
    (Path(packages) / "portal.pth").write_text("{}\n{}\n".format(ROOT, ROOT / "site"), encoding="utf-8")


def install(dev: bool) -> None:
    """Bring .venv to what the requirements files say; the stamp makes the second time free."""
    wanted = [("runtime", RUNTIME, "Cài thư viện")]
    if dev:
        wanted.append(("development", DEVELOPMENT, "Cài công cụ kiểm thử"))
    stamp = read_stamp()
    missing = [step for step in wanted if stamp.get(step[0]) != digest(step[1])]
    if not missing and stamp.get("root") == str(ROOT) and venv_python().exists():
        return
    make_venv()
    stamp = dict(read_stamp(), root=str(ROOT))
    put_on_path()
    for name, requirements, what in wanted:
        if stamp.get(name) == digest(requirements):
            continue
        arguments = pip_arguments("install", requirements) + ["--no-compile"]
        if WHEELHOUSE.is_dir() and any(WHEELHOUSE.iterdir()):
            say("Dùng các gói có sẵn trong var/wheelhouse, không cần mạng.")
            arguments += ["--no-index", "--find-links", str(WHEELHOUSE)]
        run_pip(arguments, requirements, what)
        stamp[name] = digest(requirements)
        STAMP.write_text(json.dumps(stamp), encoding="utf-8")


def fill_wheelhouse() -> None:
    """Download every pinned wheel for this kind of machine into var/wheelhouse."""
    make_venv()
    WHEELHOUSE.mkdir(parents=True, exist_ok=True)
    for requirements, what in [(RUNTIME, "Tải thư viện"), (DEVELOPMENT, "Tải công cụ kiểm thử")]:
        run_pip(pip_arguments("download", requirements) + ["--dest", str(WHEELHOUSE)], requirements, what)
    say("Đã tải {} gói vào var/wheelhouse. Chép thư mục này sang máy không có mạng, vào đúng chỗ ấy.".format(len(list(WHEELHOUSE.glob("*.whl")))))


def main() -> int:
    """0 when .venv is ready; 2 with one line when it cannot be."""
    parser = argparse.ArgumentParser(description="Chuẩn bị .venv cho cổng thông tin.")
    parser.add_argument("--dev", action="store_true", help="cài cả công cụ kiểm thử")
    parser.add_argument("--wheelhouse", action="store_true", help="tải các gói vào var/wheelhouse")
    options = parser.parse_args()
    try:
        check_python()
        with alone():
            if options.wheelhouse:
                fill_wheelhouse()
            else:
                install(options.dev)
    except Refused as refusal:
        say(str(refusal))
        return 2
    except OSError as error:
        say(explain(os.strerror(error.errno or 0)) or "Không chuẩn bị được .venv: {}".format(error.strerror))
        return 2
    except KeyboardInterrupt:
        say("Đã dừng. Chạy lại lúc nào cũng được, phần đã tải được giữ lại.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
