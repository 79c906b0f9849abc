"""kill -9 at random moments while answers are sent: what was acknowledged is there, once.

The long form, PLAYBOOK_SOAK=1, kills a hundred times; the short one, in every run, twenty times:
half of them in the playbook of one person, half in a class.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import sys
import threading
import time
from collections import Counter, defaultdict
from contextlib import closing
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from benchmarks.client import Page, wait_for
from playbook.store.paths import cohorts_path, database_path
from playbook.store.sql import SOLO, SqliteStore
from tests.depth import DEEP, times
from tests.server.hosts import ClassServer, Server

OF_EACH = times(5, 25)
KILLS = ("kernel",) * OF_EACH + ("server",) * OF_EACH
SECONDS_OF_WRITING = (0.02, 0.4)
SILENCE = 0.2  # seconds without an answer after which a cut line is given up
UNDER_WAY = 3
ROWS_EACH = 5

Op = dict[str, Any]


class Writer(threading.Thread):
    """One page that never stops writing; when its line is cut it opens again and replays, as the
    form does: the same operations with the same op_ids, one at a time for each field.

    `waiting` has what was sent and not acknowledged, `acknowledged` what was, by op_id and in that
    order. No two writers share a field.
    """

    def __init__(self, server: Server, worksheet: str, field: str, seed: int) -> None:
        super().__init__(name=f"writer-of-{field}", daemon=True)
        self.server, self.worksheet = server, worksheet
        self.random = random.Random(seed)
        self.waiting: dict[str, Op] = {}
        self.acknowledged: dict[str, Op] = {}
        self.repeated = 0
        self.fields = [field]
        self.rows = 0
        self.revisions: dict[str, int] = defaultdict(int)
        self.up, self.writing, self.cut, self.ending = (threading.Event() for _ in range(4))
        self.up.set()

    @property
    def done(self) -> bool:
        """Whether the last operation is acknowledged and no other will come."""
        return self.ending.is_set() and not self.waiting

    def run(self) -> None:
        while not self.done:
            self.up.wait()
            self.writing.clear()
            self.cut.clear()
            try:
                self.page = Page(self.server)
            except httpx.HTTPStatusError as full:  # as a person who sees the page that waits
                if full.response.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
                    raise
                time.sleep(SILENCE)
                continue
            try:
                self._write()
            except (ConnectionClosed, TimeoutError):
                continue
            finally:
                self.page.close()

    def _write(self) -> None:
        self.page.hello(self.name, self.worksheet)
        for op in self.waiting.values():
            self._send(op)
        while not self.done:
            while len(self.waiting) < UNDER_WAY and not self.ending.is_set():
                op = self._next_op()
                self.waiting[op["op_id"]] = op
                self._send(op)
            self._take(self._receive())

    def _next_op(self) -> Op:
        """A new row now and then, else a text or a choice for a field with nothing under way."""
        op_id = str(UUID(int=self.random.getrandbits(128), version=4))
        busy = {op.get("field") for op in self.waiting.values()}
        free = [field for field in self.fields if field not in busy]
        if self.rows < ROWS_EACH and (not free or self.random.random() < 0.1):
            self.rows += 1
            return {"op_id": op_id, "kind": "add_row", "table": "candidates"}
        field = self.random.choice(free)
        base = self.revisions[field]
        choice = ("yes", "no")[base % 2]  # another one each time: the same again is no event
        value = choice if field.endswith("/breaks") else f"{self.name}: {op_id}"
        return {"op_id": op_id, "kind": "set", "field": field, "value": value, "base_rev": base}

    def _send(self, op: Op) -> None:
        self.page.send({"type": "op", "op": op, "worksheet": self.worksheet})

    def _receive(self) -> dict[str, Any]:
        """The next message, late ones included; TimeoutError once a cut line is silent."""
        while True:
            try:
                return self.page.receive(SILENCE)
            except TimeoutError:
                if self.cut.is_set():
                    raise

    def _take(self, said: dict[str, Any]) -> None:
        if said["type"] != "ack":
            return
        assert said["status"] in ("saved", "repeated"), said
        op = self.waiting.pop(said["op_id"])
        self.acknowledged[op["op_id"]] = op
        self.repeated += said["status"] == "repeated"
        if op["kind"] == "add_row":
            row = f"candidates/{row_of(op)}"
            self.fields += [f"{row}/what", f"{row}/loss", f"{row}/breaks"]
        else:
            self.revisions[op["field"]] = said["state"]["fields"][op["field"]]["rev"]
        self.writing.set()


def row_of(op: Op) -> str:
    """The id of the row that an add_row makes: "r" and the first 12 digits of its op_id."""
    return "r" + op["op_id"].replace("-", "")[:12]


def kill(what: str, server: Server, writers: list[Writer], victim: Writer) -> bool:
    """kill -9 once everybody writes; whether somebody it hit waited for an answer just then."""
    hit = writers if what == "server" else [victim]
    for writer in hit:
        writer.cut.set()
    if what == "kernel":
        kernel = server.kernel(victim.page.kernel_id)
        under_way = bool(victim.waiting)
        kernel.kill()
        return under_way
    for writer in writers:
        writer.up.clear()
    under_way = any(writer.waiting for writer in writers)
    server.kill()
    server.start()
    for writer in writers:
        writer.up.set()
    return under_way


def all_write(writers: list[Writer]) -> bool:
    assert all(writer.is_alive() for writer in writers), "a writer stopped; see the warning above"
    return all(writer.writing.is_set() and not writer.cut.is_set() for writer in writers)


class Solo:
    """The playbook of one person."""

    def __init__(self, home: Path) -> None:
        self.server: Server = Server(home)
        self.database, self.workspace = database_path(home), SOLO

    def store(self) -> SqliteStore:
        """What is written, read by this process; no server runs."""
        return SqliteStore(self.database, workspace=self.workspace)


class InClass(Solo):
    """A participant of a class on a cohort host."""

    def __init__(self, home: Path) -> None:
        self.server = server = ClassServer(home)
        self.database, self.workspace = cohorts_path(home), server.member.workspace


@pytest.fixture(scope="module", params=[Solo, InClass], ids=["solo", "class"])
def after(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Solo, str, list[Writer], int]:
    """The place after all kills, the worksheet, who wrote what, and how many kills hit."""
    seed = int(os.environ.get("PLAYBOOK_SEED") or random.SystemRandom().randrange(10**9))
    sys.stdout.write(f"PLAYBOOK_SEED={seed} makes the same choices again\n")
    choose = random.Random(seed)
    place = request.param(tmp_path_factory.mktemp("kill") / "home")
    with closing(Page(place.server)) as page:
        worksheet = page.hello()["worksheet"]["id"]
    kills = choose.sample(KILLS, len(KILLS))
    hits = 0
    with place.server as server:
        fields = ("first_step", "first_step_owner")
        writers = [Writer(server, worksheet, field, choose.getrandbits(32)) for field in fields]
        for writer in writers:
            writer.start()
        for what in kills:
            wait_for(lambda: all_write(writers), "the writers did not come back after a kill")
            time.sleep(choose.uniform(*SECONDS_OF_WRITING))
            hits += kill(what, server, writers, choose.choice(writers))
        for writer in writers:
            writer.ending.set()
            writer.join(60)
    for writer in writers:
        told = f"{len(writer.acknowledged)} acknowledged, {writer.repeated} of them on replay"
        sys.stdout.write(f"{writer.name}: {told}\n")
    return place, worksheet, writers, hits


@pytest.fixture
def acknowledged(after: tuple[Solo, str, list[Writer], int]) -> dict[str, Op]:
    """Every acknowledged operation by op_id, for each field in the order of its changes."""
    return {op_id: op for writer in after[2] for op_id, op in writer.acknowledged.items()}


def last_values(acknowledged: dict[str, Op]) -> dict[str, Any]:
    """What each answered field must hold."""
    return {op["field"]: op["value"] for op in acknowledged.values() if op["kind"] == "set"}


pytestmark = [pytest.mark.slow, pytest.mark.timed, pytest.mark.timeout(600)]


def test_most_kills_hit_while_an_answer_was_under_way(after):
    _, _, writers, hits = after
    assert hits >= 0.6 * len(KILLS)
    assert not any(writer.waiting for writer in writers), "something was never acknowledged"
    if DEEP:  # of a few kills none may do so
        replayed = sum(writer.repeated for writer in writers)
        assert replayed > 0, "no kill fell between commit and answer"
    assert all(len(writer.acknowledged) > len(KILLS) for writer in writers)


def test_the_store_has_every_acknowledged_operation_once_and_no_other(after, acknowledged):
    place, worksheet, _, _ = after
    store = place.store()
    (exported,) = store.export()["worksheets"]
    once = dict.fromkeys(acknowledged, 1)
    assert Counter(step["op_id"] for step in exported["operations"]) == once
    written = Counter(event.op_id for event in store.history(worksheet, limit=10**6))
    assert written == once, "an operation changed more, or less, than its field"


def test_the_store_holds_the_last_acknowledged_value_of_every_field(after, acknowledged):
    place, worksheet, _, _ = after
    snapshot = place.store().load(worksheet)
    held = {field: state.value for field, state in snapshot.fields.items()}
    rows = {f"candidates/{row_of(op)}" for op in acknowledged.values() if op["kind"] == "add_row"}
    assert {field: held.pop(field) is not None for field in rows} == dict.fromkeys(rows, True)
    assert held == last_values(acknowledged)
    assert snapshot.conflicts == ()


def test_the_file_itself_agrees_read_by_sqlite_alone(after, acknowledged):
    place, _, _, _ = after
    with closing(sqlite3.connect(f"{place.database.as_uri()}?mode=ro", uri=True)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        events = connection.execute(
            "SELECT op_id, field, value, rev FROM operation JOIN event USING (worksheet, seq)"
        ).fetchall()
        current = dict(connection.execute("SELECT field, value FROM current").fetchall())
    assert Counter(op_id for op_id, *_ in events) == dict.fromkeys(acknowledged, 1)
    revisions = defaultdict(list)
    for op_id, field, value, revision in events:
        revisions[field].append(revision)
        op = acknowledged[op_id]
        if op["kind"] == "set":
            assert (field, json.loads(value)) == (op["field"], op["value"])
    assert all(sorted(made) == list(range(1, len(made) + 1)) for made in revisions.values())
    for field, value in last_values(acknowledged).items():
        assert json.loads(current[field]) == value
