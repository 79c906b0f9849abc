"""Makes an environment and installs into it, hashes checked; standard library only.

uv does it in a fifth of pip's time, but knows nothing of pip's configuration, and on a locked-down
machine a company's index stands there. So pip gets uv, uv is told what pip was told, and whatever
uv can't do (sign in by a keyring, say), pip does after all.
"""

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
LOCK = ROOT / "requirements.lock"
WHEELHOUSE = ROOT / "wheelhouse"

# What pip's configuration calls it, and under which name uv finds it in its environment.
PIP_TO_UV = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_OFFLINE",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}


class SetUpError(Exception):
    """Something the person at the keyboard can mend; the text is the sentence to show."""


def make(place: Path, lock: Path) -> None:
    """Make the environment `place` anew, with the packages of `lock`."""
    if not all(map(importlib.util.find_spec, ("venv", "ensurepip"))):
        raise SetUpError(
            "This Python comes without venv and pip: install them (on Debian and Ubuntu "
            "`apt-get install python3-venv`) and start again."
        )
    # The Python that .venv was made from, in case someone starts us with .venv's own.
    base = getattr(sys, "_base_executable", sys.executable)
    run_step(f"making {place.name}", base, "-m", "venv", "--clear", place)
    if place == VENV and (uv := re.search(r"^uv==.*\n( .*\n)*", LOCK.read_text(), re.M)):
        (place / "uv.txt").write_text(uv[0])
        install(place, "--require-hashes", "--requirement", place / "uv.txt")
    install(place, "--require-hashes", "--requirement", lock)


def install(place: Path, *what: str | Path) -> None:
    """Install into `place`; from wheelhouse/ alone when there is one."""
    source = ["--no-index", f"--find-links={WHEELHOUSE}"] if WHEELHOUSE.is_dir() else []
    command = ["install", "--quiet", *source, *map(str, what)]
    if uv := shutil.which("uv", path=BIN):
        by_uv = [uv, "pip", *command, "--python", str(place)]
        tried = subprocess.run(by_uv, cwd=ROOT, env=for_uv(), capture_output=True, check=False)
        if tried.returncode == 0:
            return
        say("uv could not do it; pip tries, which takes longer.")
    pip = ("-m", "pip", "--no-input", "--disable-pip-version-check")
    run_step("pip install", place / PYTHON.relative_to(VENV), *pip, *command)


def compile_loops(place: Path) -> None:
    """Leave numba's compiled loops in its cache. Where that can't be, they are compiled when they
    are needed first."""
    python = place / PYTHON.relative_to(VENV)
    command: list[str | Path] = [python, "-m", "playbook.analysis.workgroups.compiled"]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        say("The search for groups could not be compiled now; it will be tried again then.")


def for_uv() -> dict[str, str]:
    """The environment in which uv looks where pip would, and trusts what this system trusts."""
    listing = [str(PYTHON), "-m", "pip", "config", "list"]
    told = subprocess.run(listing, capture_output=True, text=True, check=False).stdout
    lines = re.findall(r"^(:env:|global|install)\.([\w-]+)=(.+)$", told, re.M)
    lines.sort(key=lambda line: (line[0] == ":env:", line[0]))  # what comes later counts
    pip = {PIP_TO_UV[key]: ast.literal_eval(it) for _, key, it in lines if key in PIP_TO_UV}
    pip |= {"UV_SYSTEM_CERTS": "true", "UV_INDEX_STRATEGY": "unsafe-best-match"}
    return os.environ | pip


def run_step(what: str, *command: str | Path) -> None:
    """Run a command. SetUpError when it fails, for a reason that it has printed."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        source = (
            "a wheelhouse/ that has everything and fits this Python"
            if WHEELHOUSE.is_dir()
            else "a network (or a wheelhouse/ made by `make wheelhouse`)"
        )
        raise SetUpError(
            f"Set-up stopped at {what}, for the reason above. It needs {source} "
            "and 2 GB of free disk."
        )


def say(text: str) -> None:
    print(f"[playbook] {text}", flush=True)


def ending_in_a_sentence(work: Callable[[], None]) -> None:
    """Do `work`; what a person can mend ends it in a sentence and exit code 1, Ctrl+C silently."""
    try:
        work()
    except (SetUpError, OSError) as problem:
        say(str(problem))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
