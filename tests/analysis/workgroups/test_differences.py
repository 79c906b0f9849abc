"""Gower's distance by its definition; bands; whole numbers that add up."""

import numpy as np
import pytest

from playbook.analysis.workgroups import Attribute, Roster, banded, gower
from playbook.model import InputError
from tests.analysis.workgroups.people import gower_by_hand, made_up

PEOPLE = ("Ana", "Ben", "Cem", "Dot")


def roster(*attributes):
    return Roster(PEOPLE, attributes)


FUNCTION = Attribute("function", "category", ("a", "a", "b", None))
YEARS = Attribute("years", "number", (0.0, 10.0, 5.0, None))


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_mean_of_how_much_each_attribute_differs(seed):
    people = made_up(12, seed, numbers=2, skills=3)
    assert np.array(gower(people)) == pytest.approx(np.array(gower_by_hand(people)), abs=1e-5)


def test_weights_count_a_column_more_and_those_of_0_not_at_all():
    people = roster(FUNCTION, YEARS)
    both = np.array(gower(people, {"function": 3}))
    assert both[0, 1] == pytest.approx((3 * 0 + 1) / 4)
    assert both[0, 2] == pytest.approx((3 * 1 + 0.5) / 4)
    assert np.array_equal(np.array(gower(people, {"Years": 0})), np.array(gower(roster(FUNCTION))))


def test_weights_of_any_size_keep_their_proportion():
    people = roster(FUNCTION, YEARS)
    odd = np.array(gower(people, {"function": 1e-4, "years": np.pi}))
    assert odd[0, 1] == pytest.approx(1, abs=2e-3)


def test_a_blank_is_a_category_of_its_own_and_a_number_in_the_middle():
    assert np.array(gower(roster(FUNCTION)))[3].tolist() == [1, 1, 1, 0]
    assert np.array(gower(roster(YEARS)))[3].tolist() == [0.5, 0.5, 0, 0]


def test_skills_from_one_column_share_its_weight():
    skills = [
        Attribute("skills: a", "yes_no", (True, False, True, True), "skills"),
        Attribute("skills: b", "yes_no", (True, True, True, False), "skills"),
    ]
    assert np.array(gower(roster(FUNCTION, *skills)))[0].tolist() == [0, 0.25, 0.5, 0.75]


def test_hours_do_not_make_people_different():
    hours = Attribute("hours", "hours", tuple(frozenset({at}) for at in range(4)))
    assert np.array_equal(gower(roster(FUNCTION, hours)), gower(roster(FUNCTION)))


def test_bands_hold_about_as_many_people_each_and_are_named_by_what_they_hold():
    years = Attribute("years", "number", (1.0, 2.0, 7.0, 30.0))
    assert banded(roster(years), 2).attributes[0].values == ("1–2", "1–2", "7–30", "7–30")
    assert banded(roster(YEARS)).attributes[0].values[3] is None
    same = Attribute("years", "number", (1.0, 1.0, 1.0, 2.0))
    assert banded(roster(same)).attributes[0].values == ("1–1", "1–1", "1–1", "2–2")


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ({"colour": 1}, "The roster has no attribute colour; it has function, years."),
        ({"years": -1}, "A weight is 0 or more; not -1 for years."),
        ({"years": 0, "function": 0}, "There is nothing to compare people by"),
    ],
)
def test_weights_that_cannot_be_are_one_sentence(weights, sentence):
    with pytest.raises(InputError, match=sentence):
        gower(roster(FUNCTION, YEARS), weights)


def test_five_thousand_people_are_whole_numbers_of_four_bytes():
    people = Roster(
        tuple(map(str, range(5000))),
        (Attribute("function", "category", tuple(str(at % 7) for at in range(5000))),),
    )
    units = gower(people).units
    assert units.dtype == np.int32
    assert units[0, 7] == 0 < units[0, 1]
