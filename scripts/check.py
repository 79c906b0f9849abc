"""What `make test`, `make check` and CI run, the fast parts first; it stops at what fails.

`make soak` goes deeper, for an hour or more: many times the examples of every property, a hundred
kills, attacks of two minutes, and what is marked `soak`.
"""

import os
import shlex
import subprocess
import sys
import time
from typing import NamedTuple

from scripts.browser import ensure_browser
from scripts.environment import PYTHON, ROOT, SetUpError, ending_in_a_sentence, say


class Part(NamedTuple):
    """One part of the tests; `command` goes to `python -m`."""

    name: str
    command: str


IN_TWO = "-n 2 --dist loadfile"  # a file's tests share its servers
NBVAL = "--nbval --nbval-current-env --nbval-cell-timeout=120"

PARTS = (
    Part("lint", "ruff check"),
    Part("format", "ruff format --check"),
    Part("types", "mypy"),
    Part("scripts: lint", "deno lint"),
    Part("scripts: types", "deno check --quiet"),
    Part("tests", f"pytest {IN_TWO} --no-loadscope-reorder -m 'not browser'"),
    Part("notebooks", f"pytest {IN_TWO} {NBVAL} notebooks"),
    Part("browser tests", f"pytest {IN_TWO} --no-loadscope-reorder -m browser"),
)
SOAK_PARTS = (
    Part("survival", "pytest tests/survival"),
    Part(
        "soak",
        f"pytest {IN_TWO} --no-loadscope-reorder --timeout=1800 -m 'soak or hypothesis'",
    ),
)


def main() -> None:
    soak = sys.argv[1:] == ["soak"]
    if sys.argv[1:] and not soak:
        say("The tests take no arguments: for a part of them, see PARTS in scripts/check.py.")
        sys.exit(2)
    parts = SOAK_PARTS if soak else PARTS
    env = {**os.environ, **({"PLAYBOOK_SOAK": "1"} if soak else {})}  # tests/depth.py reads it
    ensure_browser()
    began = time.monotonic()
    for place, part in enumerate(parts):
        say(f"{part.name}: python -m {part.command}")
        command = [str(PYTHON), "-m", *shlex.split(part.command)]
        if subprocess.run(command, cwd=ROOT, env=env, check=False).returncode:
            rest = ", ".join(later.name for later in parts[place + 1 :]) or "nothing"
            raise SetUpError(f"FAILED: {part.name} (see above). Not run after it: {rest}.")
    passed = ", ".join(part.name for part in parts)
    say(f"All passed in {time.monotonic() - began:.0f} s: {passed}.")


if __name__ == "__main__":
    ending_in_a_sentence(main)
