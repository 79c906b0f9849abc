"""The visitors that the bench sends: how they come, what they count, and what became of it."""

import itertools
import threading

import pytest

from benchmarks.load import Crowd, _pauses


class Somebody:
    """A visitor at no server: notes what it was told; the one of that number fails."""

    numbers = itertools.count()
    fails = -1

    def __init__(self):
        self.number = next(self.numbers)
        self.done, self.written = [], 0

    def enter(self):
        self.done.append("enter")

    def open(self):
        if self.number == self.fails:
            raise RuntimeError("no kernel in the page")
        self.done.append("open")

    def prepare(self):
        self.done.append("prepare")

    def answer(self, value):
        self.done.append(value)

    def write(self):
        self.written += 1

    @property
    def acknowledged(self):
        return self.written

    def lost(self):
        return [f"answer of {self.number}"] if self.number == 1 else []

    def close(self):
        self.done.append("close")


@pytest.fixture
def crowd(monkeypatch):
    monkeypatch.setattr(Somebody, "numbers", itertools.count())
    return Crowd(Somebody)


def test_each_visitor_signs_in_and_opens_the_sheet_once(crowd):
    came = crowd.arrive(5, 0)
    assert (len(came.seconds), came.failed) == (5, [])
    assert [who.done for who in crowd.visitors] == [["enter", "open"]] * 5


def test_visitors_come_evenly_spread(crowd, monkeypatch):
    waited = []
    monkeypatch.setattr("benchmarks.load.time.sleep", waited.append)
    monkeypatch.setattr("benchmarks.load.time.perf_counter", lambda: 100.0)
    crowd.arrive(4, 20)
    assert sorted(waited) == [0, 5, 10, 15]


def test_who_cannot_come_in_is_counted_and_stops_nobody(crowd, monkeypatch):
    monkeypatch.setattr(Somebody, "fails", 2)
    came = crowd.arrive(4, 0)
    assert len(came.seconds) == 3
    assert came.failed == ["RuntimeError: no kernel in the page"]
    assert sorted(who.number for who in crowd.visitors) == [0, 1, 3]


def test_nobody_gives_the_same_answer_twice_in_a_row(crowd):
    crowd.arrive(2, 0)
    crowd.answer(1, each=3, pause=0)
    gave = crowd.answer(2, each=2, pause=0)
    assert len(gave.seconds) == 4
    assert crowd.visitors[0].done[2:] == ["no", "yes", "no", "yes", "no"]
    assert crowd.visitors[1].done[2:] == ["no", "yes"]


def test_a_preparation_is_for_those_who_will_answer(crowd):
    crowd.arrive(3, 0)
    crowd.prepare(2)
    assert ["prepare" in who.done for who in crowd.visitors] == [True, True, False]


def test_all_do_it_at_the_same_time(crowd, monkeypatch):
    together = threading.Barrier(3, timeout=10)  # breaks unless all three are there
    monkeypatch.setattr(Somebody, "open", lambda _: together.wait())
    assert crowd.arrive(3, 0).failed == []


def test_what_was_acknowledged_is_added_up_and_what_is_lost_is_named(crowd):
    crowd.arrive(3, 0)
    written = crowd.fill(seconds=0.05, pause=0.005)
    assert len(written.seconds) >= 3
    assert crowd.kept() == {"acknowledged": len(written.seconds), "lost": ["answer of 1"]}


def test_all_go_away(crowd):
    crowd.arrive(2, 0)
    gone = list(crowd.visitors)
    assert crowd.leave() == {}
    assert [who.done[-1] for who in gone] == ["close", "close"]
    assert crowd.visitors == []


def test_pauses_are_the_same_in_every_run_and_about_as_long_as_told():
    first = list(itertools.islice(_pauses(7, 4.0), 400))
    assert first == list(itertools.islice(_pauses(7, 4.0), 400))
    assert first != list(itertools.islice(_pauses(8, 4.0), 400))
    assert all(2 <= pause <= 6 for pause in first)
    assert sum(first) / len(first) == pytest.approx(4, rel=0.1)
