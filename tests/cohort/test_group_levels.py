"""What a workgroup sees of its members' levels: in no view and no difference anybody's own."""

from collections import defaultdict
from itertools import combinations_with_replacement
from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.practices.levels import NINE
from playbook.cohort.group_levels import (
    LEVELS,
    Ballot,
    EarlierRound,
    PracticeLevels,
    held_back,
    publish,
)

FIVE = 5
SCALE = range(1, LEVELS + 1)
PRACTICE = NINE[0]
BALLOTS = st.lists(
    st.dictionaries(st.sampled_from(NINE), st.integers(1, LEVELS), max_size=len(NINE)),
    min_size=FIVE,
    max_size=15,
)


def view(levels: tuple[int, ...]) -> PracticeLevels:
    ballots = [{PRACTICE: level} for level in levels]
    return publish(ballots, [PRACTICE], FIVE).practices[PRACTICE]


@pytest.mark.row("PRA-16")
@pytest.mark.parametrize("people", range(FIVE, 10))
def test_an_attacker_who_gave_a_level_never_learns_what_another_gave(people: int) -> None:
    """Every group there can be. The attacker knows the rule, the view and their own level, and asks
    of somebody else: in all groups that look like this, is it the same level?"""
    worlds = defaultdict(list)
    for levels in combinations_with_replacement(SCALE, people):
        worlds[view(levels).model_dump_json()].append(levels)
    assert len(worlds) > 1
    for groups in worlds.values():
        for own in SCALE:
            others = []
            for levels in (it for it in groups if own in it):
                rest = list(levels)
                rest.remove(own)
                others.append(set(rest))
            # Who of the others gave which is open, so somebody's level is known only where every
            # world has all of them at one and the same level.
            known = others and all(it == others[0] and len(it) == 1 for it in others)
            assert not known, (own, groups)


def two_rounds(stayed: tuple[int, ...], left: int, *, guarded: bool) -> tuple[str, str]:
    """What a group saw with one of its people and, the others' levels unchanged, without them."""
    who = [str(number) for number in range(len(stayed) + 1)]
    first = publish([{PRACTICE: it} for it in (*stayed, left)], [PRACTICE], FIVE)
    before = EarlierRound(first, {PRACTICE: frozenset(who)})
    held = held_back({PRACTICE: frozenset(who[:-1])}, [before], FIVE) if guarded else frozenset()
    second = publish([{PRACTICE: it} for it in stayed], [PRACTICE], FIVE, held)
    return first.model_dump_json(), second.model_dump_json()


@pytest.mark.row("PRA-16")
@pytest.mark.parametrize("people", range(FIVE, 9))
def test_the_level_of_one_who_left_is_never_the_only_one_that_fits_both_rounds(people: int) -> None:
    """Every group there can be, and whoever knows the rule and that all others gave the same again.
    Without the rule some groups tell the level: so the attack is one."""

    def fitting(guarded: bool) -> list[int]:
        worlds = defaultdict(set)
        for stayed in combinations_with_replacement(SCALE, people):
            for left in SCALE:
                worlds[two_rounds(stayed, left, guarded=guarded)].add(left)
        return [len(levels) for levels in worlds.values()]

    assert min(fitting(guarded=True)) > 1
    assert min(fitting(guarded=False)) == 1


WHO = st.frozensets(st.integers(0, 14), min_size=FIVE)


@given(st.lists(WHO, min_size=2, max_size=4), WHO, st.integers(0, 4), st.randoms())
def test_what_two_rounds_show_is_never_of_one_to_four_people(
    earlier: list[frozenset[int]], now: frozenset[int], erased: int, random: Random
) -> None:
    """Also of those who were erased since, whom nobody knows any more."""
    rounds = []
    for who in earlier:
        ballots = [{PRACTICE: random.choice(SCALE)} for _ in who]
        known = frozenset(map(str, sorted(who)[erased:]))
        rounds.append(EarlierRound(publish(ballots, NINE, FIVE), {PRACTICE: known}))
    held = held_back({PRACTICE: frozenset(map(str, now))}, rounds, FIVE)
    gone = [frozenset(sorted(who)[:erased]) for who in earlier]  # they can't be there now
    few = [
        who
        for before, out in zip(earlier, gone, strict=True)
        for who in (before - (now - out), (now - (before - out)))
        if 0 < len(who) < FIVE
    ]
    assert (PRACTICE in held) == bool(few)


@given(BALLOTS, st.randoms())
def test_who_gave_which_level_changes_nothing_that_is_shown(
    ballots: list[Ballot], random: Random
) -> None:
    """Any two answers to a practice may have been the other way round: so whoever knows all views
    and one answer can't tell two others apart that differ."""
    mixed: list[dict[str, int]] = [dict(it) for it in ballots]
    for one in NINE:
        having = [place for place, it in enumerate(ballots) if one in it]
        levels = [ballots[place][one] for place in having]
        random.shuffle(levels)
        for place, level in zip(having, levels, strict=True):
            mixed[place][one] = level
    shown, other = publish(ballots, NINE, FIVE), publish(mixed, NINE, FIVE)
    assert shown == other


@given(BALLOTS)
def test_figures_are_shown_only_where_two_differ_without_anybodys_own(
    ballots: list[Ballot],
) -> None:
    shown = publish(ballots, NINE, FIVE)
    for one in NINE:
        levels = [it[one] for it in ballots if one in it]
        if len(levels) < FIVE:
            assert one not in shown.practices
            continue
        told = shown.practices[one]
        for place in range(len(levels)):
            rest = levels[:place] + levels[place + 1 :]
            assert told.alike or len(set(rest)) > 1
        assert told.alike or told.middle == median(levels)


@pytest.mark.parametrize("people", range(FIVE))
def test_fewer_than_five_show_nothing(people: int) -> None:
    with pytest.raises(ValueError, match="fewer"):
        publish([{PRACTICE: 3}] * people, NINE, FIVE)


def test_what_is_left_out_is_not_rated_and_never_counts_as_low() -> None:
    levels = [3, 4, 4, 5, 3]
    with_gap = publish([*({PRACTICE: it} for it in levels), {}], NINE, FIVE)
    told = with_gap.practices[PRACTICE]
    assert (with_gap.raters, told.raters) == (6, 5)
    assert (told.middle, told.agreement) == (4, 0.65)  # the published example of rWG
    assert set(with_gap.practices) == {PRACTICE}


def test_agreement_over_all_practices_as_worked_out_by_hand() -> None:
    """Worked out by hand from the coincidences (Krippendorff 2011, ordinal)."""
    one = [{"question": 1, "outcome": 4}] * 3 + [{"question": 2, "outcome": 5}] * 3
    shown = publish(one, NINE, FIVE)
    # Two things, levels 1 1 1 2 2 2 and 4 4 4 5 5 5. Ordinal distances (levels' middles in the
    # order of all twelve ratings: 1.5, 4.5, 7.5, 10.5): 9, 36, 81. Seen: 2 things, 9 pairs each,
    # both ways: 2*9*2*9/5 = 64.8. By chance: both ways, 9 pairs of each two levels:
    # 2*9*(9*3 + 36*2 + 81)/11 = 294.545. alpha = 1 - 64.8/294.545
    assert shown.agreement == round(1 - 64.8 / (2 * 9 * (9 * 3 + 36 * 2 + 81) / 11), 2)
