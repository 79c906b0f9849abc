"""The Chromium, Chrome or Edge that tests, benchmarks and pictures use."""

import os
import platform
import shlex
import shutil
import subprocess

from scripts.environment import SetUpError, say

# Names to look for on the PATH, then where macOS and Windows keep Chrome and Edge.
BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"%ProgramFiles%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Google\Chrome\Application\chrome.exe",
    r"%LocalAppData%\Google\Chrome\Application\chrome.exe",
    r"%ProgramFiles(x86)%\Microsoft\Edge\Application\msedge.exe",
)

HEADLESS = "chromium-headless-shell"
"""Debian's Chromium without what a window alone needs: it draws the same pages, and a page of its
own takes a third of the time. The tests take it first; what is measured, and pictures, do not."""

INSTALLERS = {
    "debian": "apt-get install --yes --no-install-recommends chromium fonts-liberation",
    "ubuntu": "snap install chromium",
    "fedora": "dnf install chromium",
    "Darwin": "brew install --cask chromium",
    "Windows": "winget install Google.Chrome",
}


def ensure_browser(*first: str) -> None:
    """Put a browser's path into PLAYBOOK_CHROMIUM: of those to take `first`, else any; what is not
    there is installed, as root on Debian."""
    there = any(map(shutil.which, first)) if first else find_browser()
    if not there and not os.environ.get("PLAYBOOK_CHROMIUM"):
        install_browser(*first or ["chromium"])
    found = find_browser(*first)
    if not found:
        command = INSTALLERS.get(distribution(), "your system's package manager")
        raise SetUpError(
            "The browser tests need Chromium, Chrome or Edge: install one (as administrator: "
            f"{command}) or name its program in PLAYBOOK_CHROMIUM, and start again."
        )
    os.environ["PLAYBOOK_CHROMIUM"] = found


def find_browser(*first: str) -> str | None:
    """The program that PLAYBOOK_CHROMIUM names, else the first browser that is found."""
    named = os.environ.get("PLAYBOOK_CHROMIUM")
    if named and not shutil.which(named):
        raise SetUpError(f"PLAYBOOK_CHROMIUM names {named}, and there is no such program.")
    known = (*first, *map(os.path.expandvars, BROWSERS))
    return next(filter(None, map(shutil.which, [named] if named else known)), None)


def install_browser(*packages: str) -> None:
    """Install Debian's when this is Debian and we may."""
    if distribution() != "debian" or os.geteuid() != 0:
        return
    say(f"Installing Debian's {packages[0]} for the browser tests.")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = INSTALLERS["debian"].replace("chromium", " ".join(packages))
    for command in ("apt-get --quiet update", install):
        subprocess.run(shlex.split(command), env=environment, check=False)


def distribution() -> str:
    """The Linux distribution's id (debian, fedora), or the system's name (Darwin, Windows)."""
    try:
        return platform.freedesktop_os_release()["ID"]
    except OSError:
        return platform.system()
