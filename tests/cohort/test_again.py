"""Vote, talk, vote again: what is said of two answers of one person is a total of five or more."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.cohort.changes import Change, change
from playbook.cohort.room import Room
from playbook.cohort.types import Member
from playbook.model import InputError
from tests.cohort.voting import SIDE_BENEFITS, URGENT, all_answer, result, vote

from .conftest import Class

FIVE = 5


def pairs(**moves: int) -> list[tuple[str, str]]:
    """ab=3 is three people who went from a to b."""
    return [(move[0], move[1]) for move, count in moves.items() for _ in range(count)]


# --------------------------------------------------------------------------- what may be said


def test_many_moves_are_told_and_the_large_one_by_name() -> None:
    """38 people; 4 groups of one to four stay unknown."""
    told = change(pairs(aa=10, ac=9, bb=4, bc=2, ba=2, cc=10, ca=1), FIVE)
    assert told
    assert (told.both, told.changed) == (38, 14)
    assert all(count >= FIVE for *_, count in told.moves)


def test_of_four_nothing_is_said_at_all() -> None:
    assert change(pairs(ab=4), FIVE) is None


@pytest.mark.parametrize(
    "moves",
    [
        {"aa": 30, "ab": 4},  # four changed
        {"ab": 30, "aa": 2},  # two stayed
        {"aa": 10, "bb": 10, "ab": 9, "ba": 2},  # with two choices the results tell the two
        {"aa": 12, "ac": 7, "bb": 5, "bc": 3, "cc": 11},  # so they do where nobody went back
    ],
)
def test_what_would_tell_of_fewer_than_five_stays_unsaid(moves: dict[str, int]) -> None:
    assert change(pairs(**moves), FIVE) == Change(sum(moves.values()))


def test_that_nobody_changed_may_be_said() -> None:
    assert change(pairs(aa=6, bb=7), FIVE) == Change(13, 0)


TABLES = st.lists(st.integers(0, 6), min_size=9, max_size=9)


@given(TABLES)
def test_whatever_is_said_leaves_every_small_group_of_another_possible_size(
    counts: list[int],
) -> None:
    """Tried by going through every table of moves with the same results and the same totals."""
    cells = list(product("abc", repeat=2))
    true = dict(zip(cells, counts, strict=True))
    told = change([cell for cell in cells for _ in range(true[cell])], FIVE)
    if told is None or told.changed is None:
        return
    assert told.changed == 0 or told.changed >= FIVE
    assert told.both - told.changed == 0 or told.both - told.changed >= FIVE
    said = {(one, other): count for one, other, count in told.moves}
    assert all(true[cell] == count >= FIVE for cell, count in said.items())
    possible = tables(true, said, told.changed)
    for cell in cells:
        if 0 < true[cell] < FIVE:
            assert len({table[cell] for table in possible}) > 1, (cell, true)


def tables(
    true: dict[tuple[str, str], int], said: dict[tuple[str, str], int], changed: int
) -> list[dict[tuple[str, str], int]]:
    """Every table of three choices with the same sums; four cells decide the other five."""
    before = Counter({one: sum(true[one, other] for other in "abc") for one in "abc"})
    after = Counter({other: sum(true[one, other] for one in "abc") for other in "abc"})
    found = []
    most = [min(before[one], after[other]) for one in "ab" for other in "ab"]
    for aa, ab, ba, bb in product(*(range(top + 1) for top in most)):
        table = {("a", "a"): aa, ("a", "b"): ab, ("b", "a"): ba, ("b", "b"): bb}
        table["a", "c"] = before["a"] - aa - ab
        table["b", "c"] = before["b"] - ba - bb
        table["c", "a"] = after["a"] - aa - ba
        table["c", "b"] = after["b"] - ab - bb
        table["c", "c"] = before["c"] - table["c", "a"] - table["c", "b"]
        went = sum(count for (one, other), count in table.items() if one != other)
        is_same = all(table[cell] == count for cell, count in said.items())
        if min(table.values()) >= 0 and went == changed and is_same:
            found.append(table)
    return found


def test_of_nine_choices_it_is_said_as_of_three() -> None:
    """38 people and nine choices: 26 kept theirs, and 12 moved by one or two."""
    stayed = {
        f"{it}{it}": count
        for it, count in zip("abcdefghi", (5, 4, 3, 3, 3, 2, 2, 2, 2), strict=True)
    }
    moved = {"ab": 2, "bc": 2, "ca": 1, "de": 2, "ed": 1, "fg": 1, "gh": 1, "hi": 1, "if": 1}
    told = change(pairs(**stayed, **moved), FIVE)
    assert told == Change(38, 12)
    large = change(pairs(**stayed, **moved, ai=6), FIVE)
    assert large
    assert (large.changed, large.moves) == (18, (("a", "i", 6),))


SMALL = st.lists(st.sampled_from([a + b for a in "abcde" for b in "abcde"]), max_size=24)


@given(SMALL)
def test_with_five_choices_every_small_group_has_another_possible_size(moves: list[str]) -> None:
    """The other tables are found another way: by moving one and two steps from the true one."""
    told = change([(move[0], move[1]) for move in moves], FIVE)
    if told is None or told.changed is None:
        return
    true = Counter(moves)
    said = {one + other for one, other, _ in told.moves}
    near = steps(true)
    everywhere = [*near, *(further for table in near for further in steps(table))]
    fits = [
        it
        for it in everywhere
        if stay(it) == stay(true) and all(it[move] == true[move] for move in said)
    ]
    for move, count in true.items():
        assert count >= FIVE or any(table[move] != count for table in fits), (move, true)


def steps(table: Counter[str]) -> list[Counter[str]]:
    """Every table that differs by two people who exchanged where they went to."""
    found = []
    for one, other in product(+table, repeat=2):
        if one[0] != other[0] and one[1] != other[1]:
            joined = Counter([one[0] + other[1], other[0] + one[1]])
            found.append(table - Counter([one, other]) + joined)
    return found


def stay(table: Counter[str]) -> int:
    return sum(count for move, count in table.items() if move[0] == move[1])


# --------------------------------------------------------------------------- in a class


def both_votes(
    room: Room, trainer: Member, people: list[Member], first: list[str], second: list[str]
) -> tuple[str, str]:
    one = room.votes.ask(trainer, "catalyst", URGENT)
    all_answer(room, people, one, *first)
    other = room.votes.ask_again(trainer, one)
    all_answer(room, people, other, *second)
    return one, other


def test_before_and_after_are_shown_together_and_nothing_of_the_first_before(
    room: Room, spring: Class, trainer: Member
) -> None:
    people = spring.participants(20)
    first = ["yes"] * 12 + ["no"] * 8
    second = ["no"] * 6 + ["yes"] * 6 + ["no"] * 8
    one, other = both_votes(room, trainer, people, first, second)
    assert vote(room, people[0], one)["state"] == "closed"
    assert vote(room, people[0], one)["result"] is None
    assert vote(room, people[0], other)["first"]["value"] == "yes", "one's own stays beside it"
    assert vote(room, people[0], other)["before"] == one
    room.votes.reveal(trainer, other)
    shown = result(room, people[0], other)
    assert shown["counts"] == {"yes": 6, "partly": 0, "no": 14, "dont_know": 0}
    assert shown["before"] == {
        "respondents": 20,
        "counts": {"yes": 12, "partly": 0, "no": 8, "dont_know": 0},
        "both": 20,
        "changed": 6,
        "moves": [["yes", "no", 6]],
    }


def test_a_late_ballot_changes_nothing_that_was_said_of_changes(
    room: Room, spring: Class, trainer: Member
) -> None:
    """Five more answer the second vote only after it was shown; one of them answered the first."""
    people = spring.participants(25)
    first = room.votes.ask(trainer, "catalyst", URGENT)
    all_answer(room, people[:21], first, *["yes"] * 21)
    second = room.votes.ask_again(trainer, first)
    all_answer(room, people[:20], second, *["no"] * 10, *["yes"] * 10)
    room.votes.reveal(trainer, second)
    said = result(room, trainer, second)["before"]
    assert (said["both"], said["changed"]) == (20, 10)
    room.votes.reopen(trainer, second)
    all_answer(room, people[20:], second, *["no"] * 5)
    room.votes.reveal(trainer, second)
    assert result(room, trainer, second)["before"] == said
    assert result(room, trainer, second)["respondents"] == 25


def test_the_first_vote_takes_nothing_any_more_and_no_third_is_tied_to_it(
    room: Room, spring: Class, trainer: Member
) -> None:
    people = spring.participants(6)
    one, other = both_votes(room, trainer, people, ["yes"] * 6, ["no"] * 6)
    for again in (one, other):
        with pytest.raises(InputError, match="already"):
            room.votes.ask_again(trainer, again)
    with pytest.raises(InputError, match="asked again"):
        room.votes.reopen(trainer, one)
    with pytest.raises(InputError, match="over"):
        room.votes.answer(people[0], one, "no")


def test_what_judges_people_or_has_several_answers_is_asked_once(
    room: Room, trainer: Member
) -> None:
    asked: list[Any] = [
        room.votes.ask(trainer, "catalyst", URGENT, about_people=True),
        room.votes.ask(trainer, "catalyst", SIDE_BENEFITS),
        room.votes.ask_own(trainer, {"form": "text", "text": "Why?"}),
        room.votes.ask_own(trainer, {"form": "range", "text": "How many?"}),
    ]
    for poll in asked:
        with pytest.raises(InputError, match="second vote"):
            room.votes.ask_again(trainer, poll)


def test_where_too_few_answered_the_first_only_the_second_is_shown(
    room: Room, spring: Class, trainer: Member
) -> None:
    people = spring.participants(8)
    one = room.votes.ask(trainer, "catalyst", URGENT)
    all_answer(room, people[:4], one, *["yes"] * 4)
    other = room.votes.ask_again(trainer, one)
    all_answer(room, people, other, *["no"] * 8)
    room.votes.reveal(trainer, other)
    assert result(room, people[0], other)["before"] is None


def test_counted_hands_are_nobodys_so_nothing_is_said_of_changes(
    room: Room, spring: Class, trainer: Member
) -> None:
    people = spring.participants(10)
    one = room.votes.ask(trainer, "catalyst", URGENT)
    all_answer(room, people, one, *["yes"] * 10)
    other = room.votes.ask_again(trainer, one)
    all_answer(room, people, other, *["no"] * 10)
    room.votes.count_hands(trainer, other, {"no": 3}, instead=False)
    room.votes.reveal(trainer, other)
    assert result(room, trainer, other)["before"]["changed"] is None
