"""The lot: anybody can draw it again, nobody can steer it."""

import hashlib
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from playbook.analysis.pilot.lot import commitment, committed_text, draw, joined
from playbook.model import InputError

SEED = "5b1f0c9e7d3a4821"
GROUPS = ["Group 1", "Group 2", "Group 3", "Group 4"]


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_a_drawing_can_be_repeated_with_any_sha256():
    """As `printf '%s' '5b1f0c9e7d3a4821:Group 1' | sha256sum` and so on give it, sorted."""
    found = draw(GROUPS, (0, 3, 6, 9), SEED)
    by_hand = sorted((sha(f"{SEED}:{group}"), group) for group in GROUPS)
    assert [(it.digest, it.group) for it in found.tickets] == by_hand
    assert [it.start for it in found.tickets] == [0, 3, 6, 9]
    assert found.order == ("Group 3", "Group 1", "Group 2", "Group 4")


@given(st.permutations(GROUPS), st.permutations([0, 0, 4, None]))
def test_in_which_order_groups_and_starts_are_given_is_no_matter(groups, starts):
    assert draw(groups, starts, SEED) == draw(GROUPS, (0, 0, 4, None), SEED)
    assert commitment(groups, starts, SEED) == commitment(GROUPS, (0, 0, 4, None), SEED)


def test_every_order_is_as_likely_as_the_others():
    """Of 3,000 seeds each of the six orders gets about 500; a chi-square test finds nothing."""
    drawn = Counter(draw("abc", (0, 1, 2), f"seed {place}").order for place in range(3_000))
    assert len(drawn) == 6
    assert stats.chisquare(list(drawn.values())).pvalue > 0.01


def test_the_fingerprint_fits_nothing_else_and_is_that_of_a_text_that_is_told():
    shown = commitment(GROUPS, (0, 3, 6, 9), SEED)
    assert shown == sha(committed_text(GROUPS, (0, 3, 6, 9), SEED))
    others = {
        commitment(GROUPS[:3], (0, 3, 6), SEED),
        commitment(GROUPS, (0, 3, 6, 10), SEED),
        commitment(GROUPS, (0, 3, 6, 9), SEED[::-1]),
    }
    assert len(others - {shown}) == 3
    with pytest.raises(InputError, match=r"16 characters or more.* has 4"):
        commitment(GROUPS, (0, 3, 6, 9), "1234")


def test_a_word_that_is_said_after_the_fingerprint_changes_the_drawing():
    drawn = {draw(GROUPS, (0, 3, 6, 9), joined(SEED, str(word))).order for word in range(200)}
    assert len(drawn) == 24
    assert joined(SEED, " umbrella\n") == joined(SEED, "umbrella")


def test_a_name_counts_as_it_looks():
    assert draw(["Café", "b"], (0, 1), SEED) == draw([" Café ", "b"], (0, 1), SEED)
    with pytest.raises(InputError, match="a different name"):
        draw(["Café", "Café"], (0, 1), SEED)
    with pytest.raises(InputError, match="3 starts for 2 groups"):
        draw(["a", "b"], (0, 1, 2), SEED)
