"""What counts as a try, whose turn it is, how fast a class fills: without a clock or a socket."""

from __future__ import annotations

import asyncio

import pytest

from playbook.server.cohort.host.rate_limits import (
    A_SECOND,
    AT_ONCE,
    LONGEST_WAIT,
    WAITING_EACH,
    WINDOW_SECONDS,
    AdmissionLimiter,
    AttemptKind,
    AttemptLimiter,
    FairQueue,
    QueueTimeoutError,
)
from playbook.store.errors import FileError
from tests.server.conftest import in_loop


class Clock:
    time = 0.0

    def __call__(self) -> float:
        return self.time


def test_tries_at_once_are_counted_as_they_begin_and_right_ones_taken_back():
    attempts = AttemptLimiter(place_limit=3, clock=Clock())
    begun = [attempts.begin(AttemptKind.CODE, "here") for _ in range(5)]
    assert [one.over for one in begun] == [False] * 3 + [True] * 2
    for one in begun[:3]:
        attempts.right(one)
        attempts.right(one)  # taken back once
    assert not attempts.begin(AttemptKind.CODE, "here").over  # two were wrong; this is the third
    assert attempts.begin(AttemptKind.CODE, "here").over


def test_sorts_and_places_are_counted_apart():
    attempts = AttemptLimiter(place_limit=1, clock=Clock())
    attempts.begin(AttemptKind.CODE, "here")
    assert attempts.begin(AttemptKind.CODE, "here").over
    assert not attempts.begin(AttemptKind.LINK, "here").over
    assert not attempts.begin(AttemptKind.PASSWORD, "here").over
    assert not attempts.begin(AttemptKind.CODE, "there").over


def test_passwords_are_counted_by_account_too_from_wherever_they_come():
    attempts = AttemptLimiter(place_limit=100, name_limit=2, clock=Clock())
    for place in range(2):
        assert not attempts.begin(AttemptKind.PASSWORD, str(place), "ana").over
    assert not attempts.is_guessed("ana")
    assert attempts.begin(AttemptKind.PASSWORD, "elsewhere", "ana").over
    assert attempts.is_guessed("ana")
    assert not attempts.is_guessed("ben")
    assert not attempts.begin(AttemptKind.PASSWORD, "elsewhere", "ben").over


def test_after_a_minute_nothing_is_left_of_a_try():
    clock = Clock()
    attempts = AttemptLimiter(place_limit=1, clock=clock)
    old = attempts.begin(AttemptKind.PASSWORD, "here", "ana")
    clock.time = WINDOW_SECONDS
    assert not attempts.begin(AttemptKind.PASSWORD, "here", "ana").over
    attempts.right(old)  # too late to count for anything
    assert attempts.begin(AttemptKind.PASSWORD, "here", "ana").over


def test_turns_go_one_after_the_other_for_a_key_and_side_by_side_for_others():
    order: list[str] = []

    async def takes(queue: FairQueue, key: str, name: str) -> None:
        async with queue.turn(key):
            order.append(f"{name} begins")
            await asyncio.sleep(0.05)
            order.append(f"{name} ends")

    async def all_of_them() -> None:
        queue = FairQueue()
        await asyncio.gather(*(takes(queue, key, name) for key, name in ("aA", "aB", "bC")))
        assert not queue._locks  # nothing is kept of who was here

    in_loop(all_of_them())
    mine = [step for step in order if step[0] in "AB"]
    assert mine == ["A begins", "A ends", "B begins", "B ends"]
    assert order.index("C begins") < order.index("A ends")


def test_who_waits_too_long_is_sent_away_and_a_crowd_at_once():
    async def crowd() -> tuple[int, int]:
        queue = FairQueue(patience=0.2)

        async def one(seconds: float) -> str:
            async with queue.turn("key"):
                await asyncio.sleep(seconds)
            return "had a turn"

        first = asyncio.ensure_future(one(0.5))
        await asyncio.sleep(0)
        waiting = [asyncio.ensure_future(one(0)) for _ in range(WAITING_EACH - 1)]
        await asyncio.sleep(0)
        with pytest.raises(QueueTimeoutError):
            await one(0)
        told = await asyncio.gather(*waiting, return_exceptions=True)
        assert await first == "had a turn"
        assert await one(0) == "had a turn"
        return len(told), sum(isinstance(it, QueueTimeoutError) for it in told)

    assert in_loop(crowd()) == (WAITING_EACH - 1, WAITING_EACH - 1)


def test_a_class_fills_at_a_pace_and_no_other_class_waits_for_it():
    clock = Clock()
    admissions = AdmissionLimiter(clock)
    waits = [admissions.wait("spring") for _ in range(60)]
    assert waits[:AT_ONCE] == pytest.approx([0] * AT_ONCE)
    assert waits[AT_ONCE:] == pytest.approx([it / A_SECOND for it in range(1, 31)])
    assert admissions.wait("autumn") == 0
    while (last := admissions.wait("spring")) is not None:
        assert last <= LONGEST_WAIT + 1e-9
    clock.time = 3600
    assert admissions.wait("spring") == 0


def test_a_second_click_is_the_same_person():
    made: list[object] = []

    async def come():
        await asyncio.sleep(0.01)
        made.append(object())
        return made[-1]

    async def clicks():
        admissions = AdmissionLimiter()
        return await asyncio.gather(
            admissions.once(("browser", "Lin"), come),
            admissions.once(("browser", "Lin"), come),
            admissions.once(("another", "Lin"), come),
        )

    first, second, other = in_loop(clicks())
    assert first is second
    assert other is not first
    assert len(made) == 2


def test_who_could_not_come_in_may_try_again_at_once():
    """The disk was full, and there is room again."""
    tried: list[str] = []

    async def come():
        tried.append("once more")
        if len(tried) == 1:
            raise FileError("The disk is full.", full=True)
        return "in"

    async def clicks():
        admissions = AdmissionLimiter()
        with pytest.raises(FileError):
            await admissions.once("a click", come)
        await asyncio.sleep(0.01)
        return await admissions.once("a click", come)

    assert in_loop(clicks()) == "in"
