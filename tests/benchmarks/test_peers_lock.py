"""What the peers' own environment must have: whatever our worksheet loads there."""

import json
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

LOCK = Path(__file__).parents[2] / "benchmarks" / "peers.lock"
WHERE_IT_IS = {"mypy-extensions"}
"""Loaded by compiled modules where it happens to be, and not needed."""
LOADED = """
import json, sys
before = set(sys.modules)  # what an environment's own .pth files load
import benchmarks.peers.worksheet
print(json.dumps([name for name in sys.modules.keys() - before if "." not in name]))
"""


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_lock_of_the_peers_has_all_that_our_worksheet_loads():
    command = [sys.executable, "-c", LOADED]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=LOCK.parents[1])
    owners = packages_distributions()
    loaded = {_plain(owner) for name in json.loads(run.stdout) for owner in owners.get(name, ())}
    locked = {_plain(name) for name in re.findall(r"^([\w.-]+)==", LOCK.read_text(), re.M)}
    assert {"tomli", "sqlalchemy"} <= loaded
    assert loaded - locked <= {"redefining-work-playbook", *WHERE_IT_IS}
