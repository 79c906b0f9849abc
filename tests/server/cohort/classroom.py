"""A real cohort host in its own process, with two classes in it that know nothing of each other."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from websockets.sync.client import ClientConnection, connect

from playbook.cohort.cohorts import CohortPlan
from playbook.cohort.types import Member
from playbook.framework import load_framework
from playbook.server.cohort.host.host import CohortHost
from tests.server.forked import Process, started
from tests.server.zygotes import with_zygotes

PASSWORD = "four words put together"
SERVE = """
import signal, sys
from dataclasses import replace
from pathlib import Path
from playbook.server.cohort.app import serve_cohort
from playbook.server.cohort.reach import exposure
from playbook.server.kernels.fork import pool
from playbook.server.kernels.manager import PlaybookKernelManager
pool.START = 240  # a loaded machine is no failure
# Whoever runs the tests in the background ignores Ctrl+C, and so would this process.
signal.signal(signal.SIGINT, signal.default_int_handler)
home, notebooks, port, capacity, in_clear, ahead = sys.argv[1:]
reach = exposure(int(port))
if in_clear == "True":
    reach = replace(reach, hours=1)
if ahead == "False":
    PlaybookKernelManager.keep_spare = lambda _: None
serve_cohort(reach, int(port), int(capacity), Path(home), Path(notebooks))
"""


def done(answer: httpx.Response) -> Any:
    """What an action that worked says."""
    assert answer.status_code == 200, answer.text
    return answer.json()


@dataclass
class Person:
    """A member with a browser that is signed in, or a stranger's browser."""

    url: str
    member: Member | None = None
    token: str = ""

    def __post_init__(self) -> None:
        # Without TLS nothing is verified; reading the certificates would take a quarter second.
        self.client = httpx.Client(base_url=self.url, timeout=120, verify=False)
        if self.token:
            self.client.cookies.set("playbook", self.token)
        self.client.get("/join")

    def close(self) -> None:
        self.client.close()

    @property
    def secret(self) -> str:
        """What forms and beacons have to show."""
        return self.client.cookies.get("_xsrf", domain="127.0.0.1") or ""

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self.client.get(path, **more)

    def do(self, path: str, **given: Any) -> httpx.Response:
        """An action, as our pages ask for it."""
        headers = {"X-XSRFToken": self.secret, "Content-Type": "application/json"}
        return self.client.post(path, content=json.dumps(given), headers=headers)

    def fill_in(self, path: str, **fields: str) -> httpx.Response:
        """A form, as a browser sends it."""
        return self.client.post(path, data=fields | {"_xsrf": self.secret})

    def open(self, name: str = "01_catalyst") -> str:
        """The id of the kernel of a notebook's page."""
        page = self.get(f"/voila/render/{name}.ipynb")
        assert page.status_code == 200, page.text
        return re.search(r'"kernelId": ?"([\w-]+)"', page.text)[1]

    def connect(self, kernel_id: str) -> ClientConnection:
        """A page's websocket to its kernel."""
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.client.cookies.jar)
        address = f"{self.url}/api/kernels/{kernel_id}/channels?session_id=test"
        return connect(
            address.replace("http", "ws", 1),
            subprotocols=["v1.kernel.websocket.jupyter.org"],
            additional_headers={"Cookie": cookies},
        )


@dataclass
class Classroom:
    """A running host: `people` by name, each class's `codes` and ids by its trainer's name."""

    process: Process
    url: str
    home: Path
    log: Path
    people: dict[str, Person]
    codes: dict[str, str]
    cohorts: dict[str, str]

    def stranger(self) -> Person:
        """A browser that nobody has signed in."""
        person = Person(self.url)
        self.people[f"stranger {len(self.people)}"] = person
        return person


@contextmanager
def classroom(
    home: Path, notebooks: Path, capacity: int = 20, *, in_clear: bool = False, ahead: bool = False
) -> Iterator[Classroom]:
    """Ana leads José and Lin, Ben leads Eve; then the host starts, `in_clear` as with --lan.

    `ahead`: it gets ready for pages before somebody opens one, as a host does that nobody tests.
    That is most of the work of a start, and few tests open a page.
    """
    ready, tokens, members, codes, cohorts = _prepared()
    shutil.copytree(ready, home)
    log = home.parent / f"{home.name}.log"
    given = (home, notebooks, 0, capacity, in_clear, ahead)
    env = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    code, load = with_zygotes(SERVE, notebooks)
    process = started(code, [*map(str, given)], env, log, load)
    people: dict[str, Person] = {}
    try:
        url = _address(log, process)
        people |= {name: Person(url, members[name], tokens[name]) for name in tokens}
        yield Classroom(process, url, home, log, people, {**codes}, {**cohorts})
    finally:
        process.terminate()
        process.wait(timeout=60)
        for person in people.values():
            person.close()


@cache
def _prepared() -> tuple[Path, dict[str, str], dict[str, Member], dict[str, str], dict[str, str]]:
    """A home with both classes, to be copied: passwords take long to make on purpose. Beside it who
    is in there: cookies, members, and by trainer the class's code and its id."""
    folder = tempfile.mkdtemp(prefix="classroom-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    host = CohortHost.at(Path(folder), load_framework(), "http://127.0.0.1", False, 20)
    members, codes, cohorts = {}, {}, {}
    for trainer, participants in {"Ana": ["José", "Lin"], "Ben": ["Eve"]}.items():
        account = host.accounts.accept(host.accounts.invite(trainer), PASSWORD)
        ends = date.today() + timedelta(days=1)
        plan = CohortPlan(f"Class of {trainer}", "Acme", ends, ends + timedelta(days=30))
        cohort, members[trainer] = host.cohorts.create(account, plan)
        codes[trainer], cohorts[trainer] = host.cohorts.new_code(members[trainer]), cohort.id
        for name in participants:
            members[name] = host.cohorts.join(codes[trainer], name)
    tokens = {name: host.devices.begin(member) for name, member in members.items()}
    host.close()
    return Path(folder), tokens, members, codes, cohorts


def _address(log: Path, process: Process) -> str:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        if found := re.search(r"(http://127\.0\.0\.1:\d+)/join", log.read_text()):
            return found[1]
        time.sleep(0.05)
    raise AssertionError(log.read_text())
