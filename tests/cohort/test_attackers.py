"""Attackers who try to get round the rule of five."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, combinations, permutations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.cohort.aggregate import Ballot, Result, suppress_cells
from playbook.cohort.counting import VoteQuestion
from playbook.worksheet.kinds.choice import ANSWERS
from tests.cohort.counted import ANSWER, FIVE, PERSON, rule


def compositions(people: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Every way to put people into cells."""
    if cells == 1:
        yield (people,)
        return
    for first in range(people + 1):
        yield from ((first, *rest) for rest in compositions(people - first, cells - 1))


# --------------------------------------------------------------------------- hidden cells


@pytest.mark.parametrize(("cells", "most"), [(2, 20), (3, 17), (4, 13)])
def test_who_knows_the_rule_and_the_total_still_cannot_pin_down_a_hidden_cell(
    cells: int, most: int
) -> None:
    """Try every table and every draw: what could have led to what is shown? Each hidden cell may
    be at least six different numbers then, so nobody knows it nearer than the minimum."""
    choices = "abcd"[:cells]
    for people in range(FIVE, most + 1):
        behind: dict[tuple[int | None, ...], set[tuple[int, ...]]] = defaultdict(set)
        for table in compositions(people, cells):
            counts = dict(zip(choices, table, strict=True))
            for order in permutations(choices):
                behind[tuple(suppress_cells(counts, FIVE, order).values())].add(table)
        for shown, tables in behind.items():
            for cell in range(cells):
                possible = {table[cell] for table in tables}
                if shown[cell] is None:
                    assert len(possible) > FIVE, (shown, cell, possible)
                    assert max(possible) - min(possible) >= FIVE
                else:
                    assert possible == {shown[cell]}


@given(st.lists(st.integers(0, 40), min_size=2, max_size=8), st.randoms())
def test_no_shown_cell_is_small_nor_are_the_hidden_ones_together(
    table: list[int], random: Random
) -> None:
    counts = {str(cell): count for cell, count in enumerate(table)}
    shown = suppress_cells(counts, FIVE, random.sample(sorted(counts), len(counts)))
    hidden = [counts[choice] for choice, count in shown.items() if count is None]
    assert all(count is None or count == counts[choice] >= FIVE for choice, count in shown.items())
    assert not hidden or len(hidden) == len(counts) or (len(hidden) > 1 and sum(hidden) >= FIVE)
    assert any(count < FIVE for count in table) == bool(hidden)


# --------------------------------------------------------------------------- through differences


Ballots = list[list[Ballot]]


def published(asked: VoteQuestion, batches: Ballots, seed: int) -> tuple[list[Result], Ballots]:
    """What a class sees: after each batch the trainer reveals; and who was settled together."""
    results, settled, waiting = [], [], []
    before = None
    for batch in batches:
        waiting = waiting + batch
        step = rule(seed).publish(asked, waiting, before)
        if step.settles:
            settled, waiting = [*settled, waiting], []
        before = step.result
        results.append(step.result)
    return results, settled


ANY_BALLOT = st.builds(
    Ballot, st.sampled_from(ANSWERS), st.none() | st.sampled_from(ANSWERS), st.just(False)
)
ANY_BATCHES = st.lists(st.lists(ANY_BALLOT, max_size=8), min_size=1, max_size=6)


@given(ANY_BATCHES, st.booleans(), st.randoms(use_true_random=False))
def test_who_is_settled_together_may_swap_answers_and_nobody_sees_a_difference(
    batches: Ballots, about_people: bool, random: Random
) -> None:
    """Five at least are behind whatever is shown, also behind every difference of two steps."""
    asked = PERSON if about_people else ANSWER
    seen, groups = published(asked, batches, seed=3)
    assert all(len(group) >= FIVE for group in groups)
    everybody = list(chain(*batches))
    swapped: list[Ballot] = []
    for group in groups:
        swapped += random.sample(group, len(group))
    swapped += everybody[len(swapped) :]
    again = iter(swapped)
    assert published(asked, [[next(again) for _ in batch] for batch in batches], 3)[0] == seen


@given(ANY_BATCHES)
def test_two_published_steps_differ_by_five_people_or_not_at_all(batches: Ballots) -> None:
    seen, _ = published(ANSWER, batches, seed=0)
    shown = [result for result in seen if result.is_shown]
    for one, other in combinations(shown, 2):
        assert one == other or other.respondents - one.respondents >= FIVE
        assert one.counts is not None
        assert other.counts is not None
        added = [(other.counts[it] or 0) - (one.counts[it] or 0) for it in ANSWERS]
        assert min(added) >= 0
        assert sum(added) == other.respondents - one.respondents


def test_an_attacker_who_tries_every_class_learns_only_whole_batches() -> None:
    """With a minimum of two, to try all: two choices, six people who come one after another, and a
    trainer who reveals after each. For nobody can it be told what they said, unless all who were
    settled with them said the same (which is what a vote tells)."""
    asked = VoteQuestion("one", ("a", "b"))
    behind: dict[tuple[str, ...], list[tuple[str, ...]]] = defaultdict(list)
    key = {}
    for said in product("ab", repeat=6):
        before, waiting, seen = None, [], []
        for choice in said:
            waiting.append(Ballot(choice))
            step = rule(minimum=2).publish(asked, waiting, before)
            waiting, before = ([] if step.settles else waiting), step.result
            seen.append(before.model_dump_json())
        behind[tuple(seen)].append(said)
        key[said] = tuple(seen)
    for said in product("ab", repeat=6):
        for person in range(6):
            batch = said[person - person % 2 :][:2]
            possible = {other[person] for other in behind[key[said]]}
            assert possible == set(batch)
