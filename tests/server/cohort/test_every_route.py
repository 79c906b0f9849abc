"""The allow-list itself, asked by a stranger: a new address is in this test by being listed."""

from __future__ import annotations

import re

from playbook.server.cohort.routes import ID, NAME, cohort_routes
from playbook.server.http.assets import BuiltFiles
from playbook.server.http.handlers import KERNEL

from .test_tour import NOBODY, OPEN_TO_ALL

TOLD = {"/preflight", "/hello"}
"""What explains itself to whoever opens it, and does nothing for them (test_preflight.py)."""
PUBLIC = {"/voila/worker.js", "/voila/offline.html"}
"""Files that are the same for everybody; tests/server/test_offline.py looks into them."""


def test_every_address_that_is_listed_is_closed_to_a_stranger_but_the_doors(served):
    stranger = served.stranger()
    (rule,) = cohort_routes("/", {"scripts": BuiltFiles({"a.js": ""})}, {}, ".*")
    paths = {some_path(pattern) for pattern, *_ in rule.target}
    assert {path for path in OPEN_TO_ALL if path != "/"} <= paths
    for path in sorted(paths - {*OPEN_TO_ALL, *PUBLIC, *TOLD, "/sign-out"}):
        shown, done = stranger.get(path), stranger.do(path)
        assert shown.status_code in {302, 403, 404, 405}, path
        if shown.status_code == 302:
            assert shown.headers["Location"].startswith("/join"), path
        assert done.status_code in {302, 403, 404, 405}, path
        if done.status_code == 302:
            assert done.headers["Location"].startswith("/join"), path


def some_path(pattern: str) -> str:
    """An address that a route's pattern matches."""
    known = {KERNEL: NOBODY, ID: NOBODY, NAME: "erase", "(.*)": "01_catalyst.ipynb"}
    for part, path in known.items():
        pattern = pattern.replace(part, path)
    return re.sub(r"\((\w+(?:\\.\w+)?)(?:\|[^)]*)?\)", r"\1", pattern).replace("\\", "")
