"""A clock that jumps, in a real host: nothing is erased on one look at it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from playbook.cohort.cohorts import CohortPlan
from playbook.framework import load_framework
from playbook.maintain.backup import check
from playbook.maintain.rotation import made_by_itself
from playbook.server.cohort.host.host import CohortHost
from playbook.store.paths import backups_path
from tests.server.cohort.classroom import Person
from tests.server.forked import started

SERVE = """
import sys, time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from playbook.cohort import erasure_notices
from playbook.server.cohort import app, maintenance
from playbook.server.cohort.host import host
from playbook.server.cohort.reach import exposure
from playbook.server.kernels.manager import PlaybookKernelManager
PlaybookKernelManager.keep_spare = lambda _: None  # nobody opens a page
home, notebooks, notice = sys.argv[1:]
ahead = Path(home).with_name("days_ahead")
def now():
    return datetime.now(UTC) + timedelta(days=float(ahead.read_text()))
def slow(*given, make=maintenance.make_daily):
    time.sleep(0.5)
    return make(*given)
maintenance.make_daily = slow
app.CohortHost = type("Host", (), {"at": partial(host.CohortHost.at, now=now)})
erasure_notices.NOTICE = float(notice)
maintenance.STEP = erasure_notices.STEP = 0.2
app.serve_cohort(exposure(0), 0, 5, Path(home), Path(notebooks))
"""
"""A host whose clock is as many days ahead as a file says, and that looks five times a second; a
backup takes longer than from one look to the next."""


class Running:
    """A host with one class of Ana's, which is due in 31 days."""

    def __init__(self, home, notebooks):
        self.home, self.notebooks = home, notebooks
        home.mkdir(parents=True)
        self.is_ahead(0)
        host = CohortHost.at(home, load_framework(), "http://127.0.0.1", False, 5)
        account = host.accounts.accept(host.accounts.invite("Ana"), "four words put together")
        ends = host.cohorts.today() + timedelta(days=1)
        plan = CohortPlan("Spring class", "Acme", ends, ends + timedelta(days=30))
        cohort, self.trainer = host.cohorts.create(account, plan)
        self.cohort = cohort.id
        self.member = host.cohorts.join(host.cohorts.new_code(self.trainer), "Zoe Zebrafish")
        self.cookies = [host.devices.begin(who) for who in (account, self.trainer)]
        host.close()

    def is_ahead(self, days):
        """Set the clock."""
        part = self.home.with_name("part")
        part.write_text(str(days))
        part.replace(self.home.with_name("days_ahead"))

    @contextmanager
    def serving(self, notice=86_400):
        self.log = self.home.with_name(f"log of {uuid4()}")
        given = [str(self.home), str(self.notebooks), str(notice)]
        process = started(SERVE, given, dict(os.environ), self.log)
        try:
            address = r"(http://[\d.]+:\d+)/join"
            self.url = self.until(lambda: re.search(address, self.said()))[1]
            yield self
        finally:
            process.terminate()
            process.wait(60)

    def said(self):
        return self.log.read_text()

    def until(self, look, seconds=40):
        end = time.monotonic() + seconds
        while not (found := look()):
            assert time.monotonic() < end, self.said()
            time.sleep(0.1)
        return found

    def health(self):
        return httpx.get(f"{self.url}/health").json()

    def titles(self):
        return [one["title"] for one in self.tells("list")]

    def tells(self, *words):
        env = os.environ | {"PLAYBOOK_HOME": str(self.home)}
        command = [sys.executable, "-m", "playbook.cli.main", "cohort", *words, "--json"]
        return json.loads(subprocess.run(command, env=env, capture_output=True, check=True).stdout)

    def page(self, path, cookie):
        with_cookie = Person(self.url, token=cookie)
        try:
            return with_cookie.get(path).text
        finally:
            with_cookie.close()

    def backups(self):
        return made_by_itself(backups_path(self.home), "cohorts")


@pytest.fixture
def running(tmp_path, notebooks):
    return Running(tmp_path / "home", notebooks)


def test_a_clock_that_is_45_days_ahead_for_two_seconds_erases_nothing(running):
    with running.serving():
        running.until(running.backups)
        running.is_ahead(45)
        running.until(lambda: running.health()["due"] == 1)
        time.sleep(2)
        running.is_ahead(0)
        running.until(lambda: running.health()["due"] == 0)
        assert running.titles() == ["Spring class"]
        assert "not due any more" in running.said()
    assert running.titles() == ["Spring class"]


def test_a_host_that_starts_with_a_wrong_clock_erases_nothing_and_says_what_is_due(running):
    running.is_ahead(45)
    with running.serving():
        running.until(lambda: running.health()["due"] == 1)
        running.until(lambda: running.health()["backup_hours"] is not None)
        ((path, _),) = running.backups().items()
        assert check(path).rows["member"] == 2
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0
        assert "due to be erased after a day of running" in running.said()
        for page, cookie in (("/desk", 0), (f"/desk/{running.cohort}", 1)):
            assert "run for 24 more hours" in running.page(page, running.cookies[cookie])
        (told,) = running.tells("due")
        assert (told["id"], told["hours"]) == (running.cohort, 24)
        assert running.said().count("a backup was made") == 1
        assert "Zebrafish" not in running.said()
        assert "Spring" not in running.said()
    running.is_ahead(0)
    with running.serving():
        running.until(lambda: running.health()["due"] == 0)
        assert running.titles() == ["Spring class"]
        assert running.tells("due") == []


def test_what_stays_due_is_erased_after_the_notice_and_a_backup_of_before_is_kept(running):
    running.is_ahead(45)
    with running.serving(notice=3):
        running.until(lambda: running.health()["due"] == 1)
        assert running.titles() == ["Spring class"]
        running.until(lambda: "erased, a day of running" in running.said())
        running.until(lambda: running.health()["due"] == 0)
        assert running.titles() == []
    assert b"Zebrafish" not in (running.home / "cohorts.sqlite").read_bytes()
    newest = max(running.backups(), key=lambda path: path.name)
    assert check(newest).rows["member"] == 2


def test_restarts_take_nothing_of_the_notice_away(running):
    running.is_ahead(45)
    for _ in range(2):
        with running.serving(notice=1000):
            running.until(lambda: running.health()["due"] == 1)
            time.sleep(1)
    ran = json.loads((running.home / "due.json").read_text())[running.cohort]
    assert 1 <= ran < 60


def test_the_desk_says_when_the_last_backup_was_made(running):
    with running.serving():
        running.until(lambda: running.health()["backup_hours"] is not None)
        at = datetime.now(UTC).astimezone()
        assert f"Last backup of this host: today {at:%H:}" in running.page(
            "/desk", running.cookies[0]
        )
        running.is_ahead(3)
        said = running.page("/desk", running.cookies[0])
        assert "That is too long ago" in said


def test_a_running_file_that_is_cut_is_told_by_health_and_log(running):
    with running.serving():
        assert running.health()["saves"] is True
        os.truncate(running.home / "cohorts.sqlite", 8192)
        running.until(lambda: running.health()["saves"] is False)
        assert "NOTHING IS SAVED" in running.said()
