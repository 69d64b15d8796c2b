"""The folder `site/` bears the name of a module of the standard library; nothing may ever mistake one for the other."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))
BIN = Path(sys.executable).parent


def run(command: list[str], *, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run in a clean environment, as a person's shell would."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "TMPDIR", "DATA_DIR"}}
    return subprocess.run(command, cwd=cwd, env={**kept, **environment}, capture_output=True, text=True, timeout=100)


def test_site_is_the_standard_librarys_in_this_process():
    assert Path(site.__file__).parent == STANDARD_LIBRARY


@pytest.mark.parametrize("python_path", ["", str(ROOT), f"{ROOT}{os.pathsep}{ROOT / 'site'}"])
@pytest.mark.parametrize("cwd", [ROOT, ROOT / "site", ROOT.parent], ids=["root", "site", "outside"])
def test_site_is_the_standard_librarys_wherever_python_starts(python_path, cwd):
    code = "import site, portal.wsgi; print(site.__file__); print(portal.__file__)"

    done = run([sys.executable, "-c", code.replace("portal.wsgi", "portal")], cwd=cwd, PYTHONPATH=python_path)

    assert done.returncode == 0, done.stderr
    site_file, portal_file = done.stdout.split()
    assert Path(site_file).parent == STANDARD_LIBRARY
    assert Path(portal_file) == ROOT / "site" / "portal" / "__init__.py"


@pytest.mark.parametrize("python_path", ["", str(ROOT)], ids=["bare", "PYTHONPATH=root"])
@pytest.mark.parametrize(
    "command",
    [
        [sys.executable, "-c", "import portal.settings, core.startup"],
        [sys.executable, "manage.py", "help", "serve"],
        [str(BIN / "gunicorn"), "--check-config", "portal.wsgi"],
        [str(BIN / "gunicorn"), "--check-config"],
    ],
    ids=["shell", "manage.py", "gunicorn", "gunicorn.conf.py"],
)
def test_every_way_in_works_from_the_root(command, python_path, tmp_path):
    done = run(command, PYTHONPATH=python_path, DATA_DIR=str(tmp_path), PORTAL_ENV="production")

    assert done.returncode == 0, done.stderr
