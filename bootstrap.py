"""Set the playbook up in .venv beside this file, then hand over to it: `python bootstrap.py run`.

Standard library only, so a machine with Python 3.11 and nothing else can start here. Written for
Linux, macOS and Windows; so far it has been run on Linux alone.
"""

import hashlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

if sys.version_info < (3, 11):  # noqa: UP036  # an older Python gets a sentence, not a traceback
    sys.exit(
        "The playbook needs Python 3.11 or newer and this is {}.{}: "
        "install a newer one and start again with it.".format(*sys.version_info)
    )

from scripts import environment  # only where Python is new enough to read it
from scripts.environment import BIN, LOCK, ROOT, VENV, WHEELHOUSE, SetUpError, say

# An editable install copies or reads these, so a change in one of them means to redo it.
PROJECT = ("pyproject.toml", "hatch_build.py", "playbook/server/http/template", "playbook/look")

# What numba compiles; see playbook/analysis/workgroups/compiled.py.
LOOPS = "playbook/analysis/workgroups"

# What each command becomes, once .venv is there; further words are passed on.
COMMANDS = {
    "run": "playbook serve",
    "class": "playbook serve --cohort --lan",
    "test": "python scripts/check.py",
    "check": "python scripts/check.py",
    "soak": "python scripts/check.py soak",
    "bench": "python scripts/bench.py",
    "lab": "python -m jupyterlab notebooks",
    "lock": "python scripts/lock.py",
    "wheel": "python -m build --wheel --no-isolation",
    "wheelhouse": "python scripts/wheelhouse.py",
    "screenshots": "python scripts/screenshots.py",
}
USAGE = f"Say what to do: python bootstrap.py {'|'.join(COMMANDS)}"


def set_up() -> None:
    """Bring .venv in line with the lock and the project; quick when it already is."""
    once("packages", [LOCK], lambda: environment.make(VENV, LOCK))
    within = (path for name in PROJECT for path in [ROOT / name, *(ROOT / name).rglob("*")])
    own = ("--no-deps", "--no-build-isolation", "--editable", ROOT)
    once("project", sorted(filter(Path.is_file, within)), lambda: environment.install(VENV, *own))
    loops = (ROOT / LOOPS / f"{name}.py" for name in ("loops", "enumeration", "compiled"))
    once("compiled loops", [LOCK, *loops], lambda: environment.compile_loops(VENV))


def once(what: str, files: list[Path], action: Callable[[], None], place: Path = VENV) -> None:
    """Do `action` in the environment `place` unless it was done for just these files."""
    digest = hashlib.sha256(f"{sys.version} {ROOT}".encode())
    for path in files:
        digest.update(str(path).encode() + path.read_bytes())
    stamp = place / f"{what}.stamp"
    if stamp.is_file() and stamp.read_text() == digest.hexdigest():
        return
    if not os.access(ROOT, os.W_OK):
        raise SetUpError(f"{ROOT} can't be written to: copy the playbook to a folder of your own.")
    stamp.unlink(missing_ok=True)
    say(f"Installing the {what} into {place.name}, which can take a minute or two.")
    action()
    stamp.write_text(digest.hexdigest())


def hand_over(program: str, *arguments: str) -> NoReturn:
    """Become a program of .venv, so that Ctrl+C and signals reach it alone; on Windows, wait."""
    command = [str(BIN / program), *arguments]
    if os.name != "nt":
        os.execv(command[0], command)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(subprocess.call(command))


def main(words: list[str]) -> None:
    if not words or words[0] not in COMMANDS:
        say(USAGE)
        sys.exit(2)
    os.chdir(ROOT)
    os.environ["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    if words[0] == "wheelhouse":  # the one there is may be of an older lock
        shutil.rmtree(WHEELHOUSE, ignore_errors=True)
    set_up()
    hand_over(*shlex.split(COMMANDS[words[0]]), *words[1:])


if __name__ == "__main__":
    environment.ending_in_a_sentence(lambda: main(sys.argv[1:]))
