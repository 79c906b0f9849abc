"""What `make test`, `make check` and CI run, the fast parts first; it stops at what fails.

`make soak` goes deeper, for an hour or more: many times the examples of every property, a hundred
kills, attacks of two minutes, and what is marked `soak`. `make soak ARGS=dry` runs all of that at
the usual depth: whether every part starts, and what never runs otherwise passes.
"""

import os
import shlex
import subprocess
import sys
import time
from typing import NamedTuple

from scripts.browser import HEADLESS, ensure_browser
from scripts.environment import PYTHON, ROOT, SetUpError, ending_in_a_sentence, say


class Check(NamedTuple):
    """One part of the tests; `command` goes to `python -m`."""

    name: str
    command: str


BY_FILE = "--dist loadfile --no-loadscope-reorder"  # a file's tests share its servers
# A small machine has two cores. Tests wait for a server, a kernel, a disk, so one worker more ends
# sooner; two more would only keep browsers waiting. What says how long something may take runs
# beside one other. All else is one run: each worker reads every test, and starts Chromium and a
# server, once.
TIMED, WAITING = (f"-n {workers} {BY_FILE}" for workers in (2, 3))
NBVAL = "--nbval --nbval-current-env --nbval-cell-timeout=120"

CHECKS = (
    Check("lint", "ruff check"),
    Check("format", "ruff format --check"),
    Check("types", "mypy"),
    Check("scripts: lint", "deno lint"),
    Check("scripts: types", "deno check --quiet"),
    Check("tests and notebooks", f"pytest {WAITING} {NBVAL} -m 'not timed' tests notebooks"),
    Check("timed tests", f"pytest {TIMED} -m timed tests/server tests/survival tests/analysis"),
)
SOAK_CHECKS = (
    Check("survival", "pytest tests/survival"),
    Check(
        "soak",
        f"pytest {TIMED} --ignore=tests/survival --timeout=1800 -m 'soak or hypothesis'",
    ),
)
SOAKS = {(): "", ("soak",): "1", ("soak", "dry"): "dry"}
"""What tests/depth.py is told, by the words after the program."""


def main() -> None:
    words = tuple(sys.argv[1:])
    if words not in SOAKS:
        say("The tests take no arguments: for a part of them, see CHECKS in scripts/check.py.")
        sys.exit(2)
    checks, env = (SOAK_CHECKS if words else CHECKS), {**os.environ}
    # Without byte-code every process of the tests compiles what it imports, and there are hundreds.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    if words:
        env["PLAYBOOK_SOAK"] = SOAKS[words]
    ensure_browser(HEADLESS)
    began = time.monotonic()
    for place, check in enumerate(checks):
        say(f"{check.name}: python -m {check.command}")
        command = [str(PYTHON), "-m", *shlex.split(check.command)]
        if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode:
            rest = ", ".join(later.name for later in checks[place + 1 :]) or "nothing"
            raise SetUpError(f"FAILED: {check.name} (see above). Not run after it: {rest}.")
    passed = ", ".join(check.name for check in checks)
    say(f"All passed in {time.monotonic() - began:.0f} s: {passed}.")


if __name__ == "__main__":
    ending_in_a_sentence(main)
