"""Loaded before pytest-django reads the settings: however pytest is started, tests never touch a site's own state."""

import atexit
import os
import shutil
import tempfile

os.environ["PORTAL_ENV"] = "test"
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="portal-test-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)
