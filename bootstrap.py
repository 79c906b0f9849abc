"""Set the playbook up, then run, test or measure it: `python bootstrap.py run`.

Standard library only, so a machine with Python 3.11 and nothing else can start here. Everything
is installed into .venv beside this file. Written for Linux, macOS and Windows; so far it has been
run on Linux alone.
"""

import hashlib
import importlib.util
import os
import platform
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, NoReturn

if sys.version_info < (3, 11):  # noqa: UP036  # an older Python gets a sentence, not a traceback
    sys.exit(
        "The playbook needs Python 3.11 or newer and this is {}.{}: "
        "install a newer one and start again with it.".format(*sys.version_info)
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
LOCK = ROOT / "requirements.lock"
WHEELHOUSE = ROOT / "wheelhouse"
PEERS = ROOT / ".venv-peers"
PEERS_LOCK = ROOT / "benchmarks" / "peers.lock"
TEMPLATE = (ROOT / "playbook" / "server" / "template", ROOT / "playbook" / "look")


class BootstrapError(Exception):
    """Something the person at the keyboard can mend; the text is the sentence to show."""


class Part(NamedTuple):
    """One part of the tests: `command` goes to `python -m`, `needs` must match a file."""

    name: str
    command: str
    needs: str


IN_TWO = "-n 2 --dist loadfile --no-loadscope-reorder"  # a file's tests share its servers

# What `test`, `check` and CI run, in this order: the fast ones first.
PARTS = (
    Part("lint", "ruff check", "pyproject.toml"),
    Part("format", "ruff format --check", "pyproject.toml"),
    Part("types", "mypy", "pyproject.toml"),
    Part("scripts: lint", "deno lint", "deno.json"),
    Part("scripts: types", "deno check --quiet", "deno.json"),
    Part("tests", f"pytest {IN_TWO} -m 'not browser'", "tests"),
    Part(
        "notebooks",
        "pytest -n 2 --dist loadfile --nbval --nbval-current-env --nbval-cell-timeout=120"
        " notebooks",
        "notebooks/*.ipynb",
    ),
    Part("browser tests", f"pytest {IN_TWO} -m browser", "tests/browser"),
)

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

BROWSER_INSTALLERS = {
    "debian": "apt-get install --yes --no-install-recommends chromium fonts-liberation",
    "ubuntu": "snap install chromium",
    "fedora": "dnf install chromium",
    "Darwin": "brew install --cask chromium",
    "Windows": "winget install Google.Chrome",
}


# --- Setting up ---


def set_up() -> None:
    """Bring .venv in line with the lock and the project; quick when it already is."""
    once("packages", install_packages, [LOCK], f"{sys.version} {ROOT}")
    once("project", install_project, project_files())


def once(
    name: str,
    action: Callable[[], None],
    files: list[Path],
    *facts: str,
    place: Path | None = None,
) -> None:
    """Do `action` in the environment `place` (.venv) unless it was done for just these files
    and facts."""
    digest = hashlib.sha256("\n".join(facts).encode())
    for path in files:
        digest.update(str(path).encode() + path.read_bytes())
    stamp = (place or VENV) / f"{name}.stamp"
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    if not os.access(ROOT, os.W_OK):
        raise BootstrapError(
            f"{ROOT} can't be written to: copy the playbook to a folder of your own."
        )
    stamp.unlink(missing_ok=True)
    action()
    stamp.write_text(digest.hexdigest())


def project_files() -> list[Path]:
    """What an editable install copies or reads: a change in one of these means to redo it."""
    template = (path for place in TEMPLATE for path in place.rglob("*") if path.is_file())
    return [ROOT / "pyproject.toml", ROOT / "hatch_build.py", *sorted(template)]


def make_venv(place: Path) -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise BootstrapError(
            "This Python comes without venv and pip: install them (on Debian and Ubuntu "
            "`apt-get install python3-venv`) and start again."
        )
    # The Python that .venv was made from, in case someone starts us with .venv's own.
    base = getattr(sys, "_base_executable", sys.executable)
    run_step(f"making {place.name}", base, "-m", "venv", "--clear", place)


def install_packages() -> None:
    say("Installing what the playbook needs into .venv; the first time this takes some minutes.")
    make_venv(VENV)
    pip("install", "--require-hashes", "-r", LOCK)


def install_project() -> None:
    say("Installing the playbook itself.")
    pip("install", "--no-deps", "--no-build-isolation", "--editable", ROOT)


def pip(command: str, *arguments: str | Path, python: Path | None = None) -> None:
    """Run .venv's pip (or that of another Python); it takes packages from wheelhouse/ alone when
    there is one."""
    source = ["--no-index", f"--find-links={WHEELHOUSE}"] if WHEELHOUSE.is_dir() else []
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check"]
    options = (*quiet, *source, *arguments)
    run_step(f"pip {command}", python or PYTHON, "-m", "pip", command, *options)


def run_step(what: str, *command: str | Path) -> None:
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        source = (
            "a wheelhouse/ that has everything and fits this Python"
            if WHEELHOUSE.is_dir()
            else "a network (or a wheelhouse/ made by `make wheelhouse`)"
        )
        raise BootstrapError(
            f"Set-up stopped at {what}, for the reason above. It needs {source} "
            "and 2 GB of free disk."
        )


# --- The browser for the tests ---


def ensure_browser() -> None:
    """Put a Chromium's path into PLAYBOOK_CHROMIUM, installing one as root on Debian."""
    found = find_browser() or (install_browser() and find_browser())
    if not found:
        command = BROWSER_INSTALLERS.get(distribution(), "your system's package manager")
        raise BootstrapError(
            "The browser tests need Chromium, Chrome or Edge: install one (as administrator: "
            f"{command}) or name its program in PLAYBOOK_CHROMIUM, and start again."
        )
    os.environ["PLAYBOOK_CHROMIUM"] = found


def find_browser() -> str | None:
    named = os.environ.get("PLAYBOOK_CHROMIUM")
    if named and not shutil.which(named):
        raise BootstrapError(f"PLAYBOOK_CHROMIUM names {named}, and there is no such program.")
    candidates = [named] if named else [os.path.expandvars(name) for name in BROWSERS]
    return next(filter(None, map(shutil.which, candidates)), None)


def install_browser() -> bool:
    """Install Debian's chromium when this is Debian and we may; False when not."""
    if distribution() != "debian" or os.geteuid() != 0:
        return False
    say("Installing Debian's chromium for the browser tests.")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in ("apt-get --quiet update", BROWSER_INSTALLERS["debian"]):
        subprocess.run(shlex.split(command), env=environment, check=False)
    return True


def distribution() -> str:
    """The Linux distribution's id (debian, fedora), or the system's name (Darwin, Windows)."""
    try:
        return platform.freedesktop_os_release()["ID"]
    except OSError:
        return platform.system()


# --- The commands ---


def run(arguments: list[str]) -> NoReturn:
    """Open the playbook in a browser; arguments go to `playbook serve`."""
    set_up()
    hand_over(BIN / "playbook", "serve", *arguments)


def lab(arguments: list[str]) -> NoReturn:
    """Open the notebooks in JupyterLab; arguments go to it."""
    set_up()
    hand_over(PYTHON, "-m", "jupyterlab", "notebooks", *arguments)


def bench(arguments: list[str]) -> NoReturn:
    """Measure, and write benchmarks/RESULTS.md; arguments go to `python -m benchmarks`."""
    set_up()
    ensure_browser()
    try:
        once("peers", install_peers, [PEERS_LOCK], f"{sys.version} {ROOT}", place=PEERS)
    except BootstrapError as problem:  # one's own figures need nobody else's
        say(f"{problem} Going on without Panel, Solara and Streamlit.")
    hand_over(PYTHON, "-m", "benchmarks", *arguments)


def install_peers() -> None:
    """Panel, Solara and Streamlit, whose requirements ours need not agree with."""
    say(f"Installing what the playbook is compared with into {PEERS.name}.")
    make_venv(PEERS)
    python = PEERS / PYTHON.relative_to(VENV)
    pip("install", "--require-hashes", "-r", PEERS_LOCK, python=python)


def screenshots(arguments: list[str]) -> NoReturn:
    """Take the README's pictures again."""
    set_up()
    ensure_browser()
    hand_over(PYTHON, ROOT / "scripts" / "screenshots.py", *arguments)


def test(arguments: list[str]) -> None:
    """Run every part of the tests, stopping at the first that fails."""
    if arguments:
        say("The tests take no arguments: for a part of them, see PARTS in bootstrap.py.")
        sys.exit(2)
    set_up()
    ensure_browser()
    began = time.monotonic()
    parts = [part for part in PARTS if any(ROOT.glob(part.needs))]
    for place, part in enumerate(parts):
        say(f"{part.name}: python -m {part.command}")
        if subprocess.run([PYTHON, "-m", *shlex.split(part.command)], check=False).returncode:
            rest = ", ".join(later.name for later in parts[place + 1 :]) or "nothing"
            raise BootstrapError(f"FAILED: {part.name} (see above). Not run after it: {rest}.")
    absent = [f"{part.name} ({part.needs})" for part in PARTS if part not in parts]
    say(f"All passed in {time.monotonic() - began:.0f} s: {', '.join(p.name for p in parts)}.")
    if absent:
        say(f"Left out, because there is nothing to run yet: {', '.join(absent)}.")


def lock(arguments: list[str]) -> NoReturn:
    """Work the lock out again from pyproject.toml; `--upgrade` takes newer releases."""
    set_up()
    command = "uv pip compile pyproject.toml --group dev --group build --universal"
    options = f"--python-version 3.11 --generate-hashes --output-file {LOCK.name}"
    hand_over(PYTHON, "-m", *shlex.split(f"{command} {options}"), *arguments)


def wheelhouse(arguments: list[str]) -> None:
    """Fetch every package into wheelhouse/, for a machine of this kind without a network."""
    shutil.rmtree(WHEELHOUSE, ignore_errors=True)
    set_up()
    fresh = VENV / "wheelhouse"  # half of one would keep the next set-up from the network
    shutil.rmtree(fresh, ignore_errors=True)
    pip("download", "--only-binary", ":all:", "--dest", fresh, "-r", LOCK, *arguments)
    fresh.rename(WHEELHOUSE)
    say(f"{WHEELHOUSE} is ready: copy the whole folder {ROOT.name} with it.")


def hand_over(*command: str | Path) -> NoReturn:
    """Become `command`, so that Ctrl+C and signals reach it alone; on Windows, wait for it."""
    if not WINDOWS:
        os.execv(command[0], [str(word) for word in command])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(subprocess.call(command))


def say(text: str) -> None:
    print(f"[playbook] {text}", flush=True)


COMMANDS: dict[str, Callable[[list[str]], None]] = {
    "run": run,
    "test": test,
    "check": test,
    "bench": bench,
    "lab": lab,
    "lock": lock,
    "wheelhouse": wheelhouse,
    "screenshots": screenshots,
}
USAGE = f"Say what to do: python bootstrap.py {'|'.join(COMMANDS)}"


def main(words: list[str]) -> None:
    if not words or words[0] not in COMMANDS:
        say(USAGE)
        sys.exit(2)
    os.chdir(ROOT)
    os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    try:
        COMMANDS[words[0]](words[1:])
    except (BootstrapError, OSError) as problem:
        say(str(problem))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main(sys.argv[1:])
