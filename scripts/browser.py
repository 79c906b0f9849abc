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

INSTALLERS = {
    "debian": "apt-get install --yes --no-install-recommends chromium fonts-liberation",
    "ubuntu": "snap install chromium",
    "fedora": "dnf install chromium",
    "Darwin": "brew install --cask chromium",
    "Windows": "winget install Google.Chrome",
}


def ensure_browser() -> None:
    """Put a browser's path into PLAYBOOK_CHROMIUM, installing Chromium as root on Debian."""
    found = find_browser() or (install_browser() and find_browser())
    if not found:
        command = INSTALLERS.get(distribution(), "your system's package manager")
        raise SetUpError(
            "The browser tests need Chromium, Chrome or Edge: install one (as administrator: "
            f"{command}) or name its program in PLAYBOOK_CHROMIUM, and start again."
        )
    os.environ["PLAYBOOK_CHROMIUM"] = found


def find_browser() -> str | None:
    """The program that PLAYBOOK_CHROMIUM names, else the first browser that is found."""
    named = os.environ.get("PLAYBOOK_CHROMIUM")
    if named and not shutil.which(named):
        raise SetUpError(f"PLAYBOOK_CHROMIUM names {named}, and there is no such program.")
    candidates = [named] if named else [os.path.expandvars(name) for name in BROWSERS]
    return next(filter(None, map(shutil.which, candidates)), None)


def install_browser() -> bool:
    """Install Debian's chromium when this is Debian and we may; False when not."""
    if distribution() != "debian" or os.geteuid() != 0:
        return False
    say("Installing Debian's chromium for the browser tests.")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get --quiet update", INSTALLERS["debian"]):
        subprocess.run(shlex.split(command), env=environment, check=False)
    return True


def distribution() -> str:
    """The Linux distribution's id (debian, fedora), or the system's name (Darwin, Windows)."""
    try:
        return platform.freedesktop_os_release()["ID"]
    except OSError:
        return platform.system()
