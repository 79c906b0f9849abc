"""The first trainer of a host comes by the link that its start prints: one terminal is enough."""

from __future__ import annotations

import re

import pytest

from playbook.server.cohort.host.host import CohortHost
from tests.server.cohort.classroom import PASSWORD, Person, classroom


@pytest.fixture
def empty(tmp_path, notebooks, monkeypatch):
    """A host on which nobody is yet."""
    (ready := tmp_path / "ready").mkdir()
    monkeypatch.setattr("tests.server.cohort.classroom._prepared", lambda: (ready, {}, {}, {}, {}))
    with classroom(tmp_path / "home", notebooks) as running:
        yield running


def link_of(host) -> str:
    return re.search(r"/first#(\S+)", host.log.read_text())[1]


def test_whoever_started_the_host_becomes_its_first_trainer_and_nobody_after_them(empty):
    token = link_of(empty)
    ana = empty.stranger()
    wrong = ana.fill_in("/first", token="made up", name="Eve", password=PASSWORD)
    assert wrong.status_code == 409
    short = ana.fill_in("/first", token=token, name="Ana", password="short")
    assert short.status_code == 409
    assert "10 to 200" in short.text
    came = ana.fill_in("/first", token=token, name="Ana", password=PASSWORD)
    assert (came.status_code, came.headers["Location"]) == (303, "/desk")
    assert "Good to see you, Ana" in ana.get("/desk").text
    second = empty.stranger().fill_in("/first", token=token, name="Eve", password=PASSWORD)
    assert second.status_code == 409
    signed_in = empty.stranger().fill_in("/sign-in", name="Ana", password=PASSWORD)
    assert signed_in.status_code == 303


def test_a_host_that_has_a_trainer_prints_no_such_link(served):
    assert "/first#" not in served.log.read_text()
    stranger: Person = served.stranger()
    for token in ("", "made up"):
        tried = stranger.fill_in("/first", token=token, name="Eve", password=PASSWORD)
        assert tried.status_code in {409, 429}


def test_the_link_is_kept_nowhere(tmp_path, framework):
    host = CohortHost.at(tmp_path, framework, "http://127.0.0.1", False, 5)
    try:
        link = host.first_link()
        assert link
        token = link.partition("#")[2].encode()
        assert not any(token in it.read_bytes() for it in tmp_path.rglob("*") if it.is_file())
        host.accounts.first("Ana", PASSWORD)
        assert host.first_link() is None
    finally:
        host.close()
