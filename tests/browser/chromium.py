"""Finds the Chromium of this machine; run as a program, installs one where there is none."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
DEBIAN = [
    ["apt-get", "update", "-qq"],
    [
        "apt-get",
        "install",
        "--yes",
        "-qq",
        "--no-install-recommends",
        "chromium",
        "fonts-liberation",
    ],
]
PLAYWRIGHT = [[sys.executable, "-m", "playwright", "install", "chromium"]]
NONE_FOUND = """
{line}
  NO BROWSER: every test in tests/browser is SKIPPED.
  No Chromium was found, and none could be installed.
  Install Chromium or Chrome, or set CHROMIUM to its path, and run make test again.
{line}
"""


def find():
    """Return the path of $CHROMIUM, else of one in the PATH, else of Playwright's own."""
    names = [os.environ["CHROMIUM"]] if os.environ.get("CHROMIUM") else NAMES
    return next(filter(None, map(shutil.which, names)), None) or _playwrights_own()


def _playwrights_own():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install():
    """Try the ways this machine has, and return the path of the browser or None."""
    ways = [PLAYWRIGHT]
    if os.getuid() == 0 and shutil.which("apt-get"):
        ways.insert(0, DEBIAN)
    for commands in ways:
        print("No Chromium here; installing one:", " ".join(commands[-1]), flush=True)  # noqa: T201
        if all(subprocess.run(command, check=False).returncode == 0 for command in commands):
            break
    return find()


if __name__ == "__main__":
    path = find() or install()
    print(f"Browser tests use {path}" if path else NONE_FOUND.format(line="!" * 78))  # noqa: T201
