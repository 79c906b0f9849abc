"""A disk that takes nothing more: at the door and at the desk that is a sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from playbook.framework import load_framework
from tests.server.cohort.classroom import PASSWORD, Classroom, classroom, done
from tests.server.hosts import ClassServer

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs prlimit of another process")

SAY = load_framework().words.text
TROUBLE = {SAY("host.full"), SAY("host.trouble")}


@pytest.fixture(scope="module")
def host(tmp_path_factory, notebooks) -> Iterator[Classroom]:
    with classroom(tmp_path_factory.mktemp("disk") / "home", notebooks) as running:
        yield running


@contextmanager
def nothing_can_be_written(host: Classroom | ClassServer) -> Iterator[None]:
    """Every write of the server to a file fails, its log too."""
    import resource  # not on Windows

    before = resource.prlimit(host.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(host.process.pid, resource.RLIMIT_FSIZE, (1, before[1]))
    try:
        yield
    finally:
        resource.prlimit(host.process.pid, resource.RLIMIT_FSIZE, before)


def says_so(text: str, path: str) -> bool:
    """Whether one of our sentences is there, and not where the file lies."""
    return any(sentence in text for sentence in TROUBLE) and path not in text


def test_the_doors_say_so_and_work_again_when_there_is_room(host):
    place, code = str(host.home), host.codes["Ana"]
    comes, signs_in = host.stranger(), host.stranger()
    with nothing_can_be_written(host):
        for answer in (
            comes.fill_in("/join", code=code, name="Kim"),
            signs_in.fill_in("/sign-in", name="Ana", password=PASSWORD),
        ):
            assert answer.status_code in {503, 507}
            assert says_so(answer.text, place)
    assert comes.fill_in("/join", code=code, name="Kim").status_code == 303
    assert signs_in.fill_in("/sign-in", name="Ana", password=PASSWORD).status_code == 303


def test_desk_and_place_say_so_and_who_is_inside_still_reads(host):
    ana, jose, place = host.people["Ana"], host.people["José"], str(host.home)
    desk = f"/desk/{host.cohorts['Ana']}"
    with nothing_can_be_written(host):
        for answer in (
            ana.do(f"{desk}/code"),
            ana.do(f"{desk}/timer", seconds=60),
            ana.do(f"{desk}/agree", what="Ask", owner="Kim", due="2027-04-02"),
            jose.do("/place/rename", name="Joe"),
            jose.do("/place/link"),
        ):
            assert answer.status_code in {503, 507}
            assert says_so(answer.json()["text"], place)
        for person, path in ((ana, desk), (jose, "/place"), (jose, "/place/worksheets.html")):
            assert person.get(path).status_code == 200
        out = jose.fill_in("/sign-out")
        assert out.status_code in {503, 507}
        assert says_so(out.text, place)
    done(ana.do(f"{desk}/timer", seconds=60))
    assert "José" in jose.get("/place").text
