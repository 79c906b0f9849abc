"""What counts as a try, whose turn it is, how fast a class fills: without a clock or a socket."""

from __future__ import annotations

import asyncio

import pytest

from playbook.server.cohort.host.tries import (
    A_SECOND,
    AT_ONCE,
    LONGEST_WAIT,
    WAITING_EACH,
    WINDOW_SECONDS,
    Arrivals,
    NoTurnError,
    Sort,
    Tries,
    Turns,
)
from playbook.store.errors import FileError


class Clock:
    time = 0.0

    def __call__(self) -> float:
        return self.time


def test_tries_at_once_are_counted_as_they_begin_and_right_ones_taken_back():
    tries = Tries(place_limit=3, clock=Clock())
    begun = [tries.begin(Sort.CODE, "here") for _ in range(5)]
    assert [one.over for one in begun] == [False] * 3 + [True] * 2
    for one in begun[:3]:
        tries.right(one)
        tries.right(one)  # taken back once
    assert not tries.begin(Sort.CODE, "here").over  # two were wrong; this is the third
    assert tries.begin(Sort.CODE, "here").over


def test_sorts_and_places_are_counted_apart():
    tries = Tries(place_limit=1, clock=Clock())
    tries.begin(Sort.CODE, "here")
    assert tries.begin(Sort.CODE, "here").over
    assert not tries.begin(Sort.LINK, "here").over
    assert not tries.begin(Sort.PASSWORD, "here").over
    assert not tries.begin(Sort.CODE, "there").over


def test_passwords_are_counted_by_account_too_from_wherever_they_come():
    tries = Tries(place_limit=100, name_limit=2, clock=Clock())
    for place in range(2):
        assert not tries.begin(Sort.PASSWORD, str(place), "ana").over
    assert not tries.is_guessed("ana")
    assert tries.begin(Sort.PASSWORD, "elsewhere", "ana").over
    assert tries.is_guessed("ana")
    assert not tries.is_guessed("ben")
    assert not tries.begin(Sort.PASSWORD, "elsewhere", "ben").over


def test_after_a_minute_nothing_is_left_of_a_try():
    clock = Clock()
    tries = Tries(place_limit=1, clock=clock)
    old = tries.begin(Sort.PASSWORD, "here", "ana")
    clock.time = WINDOW_SECONDS
    assert not tries.begin(Sort.PASSWORD, "here", "ana").over
    tries.right(old)  # too late to count for anything
    assert tries.begin(Sort.PASSWORD, "here", "ana").over


def test_turns_go_one_after_the_other_for_a_key_and_side_by_side_for_others():
    order: list[str] = []

    async def takes(turns: Turns, key: str, name: str) -> None:
        async with turns.turn(key):
            order.append(f"{name} begins")
            await asyncio.sleep(0.05)
            order.append(f"{name} ends")

    async def all_of_them() -> None:
        turns = Turns()
        await asyncio.gather(*(takes(turns, key, name) for key, name in ("aA", "aB", "bC")))
        assert not turns._locks  # nothing is kept of who was here

    asyncio.run(all_of_them())
    mine = [step for step in order if step[0] in "AB"]
    assert mine == ["A begins", "A ends", "B begins", "B ends"]
    assert order.index("C begins") < order.index("A ends")


def test_who_waits_too_long_is_sent_away_and_a_crowd_at_once():
    async def crowd() -> tuple[int, int]:
        turns = Turns(patience=0.2)

        async def one(seconds: float) -> str:
            async with turns.turn("key"):
                await asyncio.sleep(seconds)
            return "had a turn"

        first = asyncio.ensure_future(one(0.5))
        await asyncio.sleep(0)
        waiting = [asyncio.ensure_future(one(0)) for _ in range(WAITING_EACH - 1)]
        await asyncio.sleep(0)
        with pytest.raises(NoTurnError):
            await one(0)
        told = await asyncio.gather(*waiting, return_exceptions=True)
        assert await first == "had a turn"
        assert await one(0) == "had a turn"
        return len(told), sum(isinstance(it, NoTurnError) for it in told)

    assert asyncio.run(crowd()) == (WAITING_EACH - 1, WAITING_EACH - 1)


def test_a_class_fills_at_a_pace_and_no_other_class_waits_for_it():
    clock = Clock()
    arrivals = Arrivals(clock)
    waits = [arrivals.wait("spring") for _ in range(60)]
    assert waits[:AT_ONCE] == pytest.approx([0] * AT_ONCE)
    assert waits[AT_ONCE:] == pytest.approx([it / A_SECOND for it in range(1, 31)])
    assert arrivals.wait("autumn") == 0
    while (last := arrivals.wait("spring")) is not None:
        assert last <= LONGEST_WAIT + 1e-9
    clock.time = 3600
    assert arrivals.wait("spring") == 0


def test_a_second_click_is_the_same_person():
    made: list[object] = []

    async def come():
        await asyncio.sleep(0.01)
        made.append(object())
        return made[-1]

    async def clicks():
        arrivals = Arrivals()
        return await asyncio.gather(
            arrivals.once(("browser", "Lin"), come),
            arrivals.once(("browser", "Lin"), come),
            arrivals.once(("another", "Lin"), come),
        )

    first, second, other = asyncio.run(clicks())
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
        arrivals = Arrivals()
        with pytest.raises(FileError):
            await arrivals.once("a click", come)
        await asyncio.sleep(0.01)
        return await arrivals.once("a click", come)

    assert asyncio.run(clicks()) == "in"
