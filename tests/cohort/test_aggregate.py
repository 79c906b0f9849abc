"""The rule of five, and what is said of that which may be shown."""

import pytest

from playbook.cohort.aggregate import Ballot, HandCount, Release, Result, most_disagreement_first
from playbook.cohort.counting import VoteQuestion
from playbook.worksheet.kinds.choice import ANSWERS
from tests.cohort.counted import ANSWER, FIVE, PERSON, ballots, rule

COLOUR = VoteQuestion("one", ("red", "green", "blue"))
COLOURS = VoteQuestion("many", ("red", "green", "blue"))
SCALE = VoteQuestion("scale", ("small", "local", "watched", "decisive"))
ORDER = VoteQuestion("rank", ("red", "green", "blue"))
TEXT = VoteQuestion("text")


def texts(*shared: str, private: int = 0) -> list[Ballot]:
    own = [Ballot(f"private {number}") for number in range(private)]
    return [Ballot(text, shared=True) for text in shared] + own


# --------------------------------------------------------------------------- votes


def test_four_people_answered_and_nothing_but_that_is_shown() -> None:
    step = rule().publish(ANSWER, ballots(yes=3, no=1))
    assert step == Release(Result(respondents=4), settles=False)
    assert step.result.model_dump(exclude_defaults=True) == {"respondents": 4}


def test_five_people_answered_and_the_distribution_is_shown_with_what_it_says() -> None:
    step = rule().publish(ANSWER, ballots(yes=3, no=1, dont_know=1))
    assert step.settles
    assert step.result.counts == {"yes": 3, "partly": 0, "no": 1, "dont_know": 1}
    assert step.result.respondents == 5
    assert step.result.most_common == ("yes",)
    assert step.result.middle == "yes"
    assert step.result.spread == ("yes", "yes")
    assert step.result.disagreement == pytest.approx(0.75)  # of yes, yes, yes, no


def test_choices_without_an_order_have_no_middle() -> None:
    result = rule().publish(COLOUR, ballots(red=4, blue=4)).result
    assert (result.middle, result.spread) == (None, None)
    assert result.most_common == ("red", "blue")


def test_several_choices_are_counted_each() -> None:
    given_ = [Ballot(["red", "green"])] * 3 + [Ballot(["green"])] * 3
    result = rule().publish(COLOURS, given_).result
    assert result.respondents == 6
    assert result.counts == {"red": 3, "green": 6, "blue": 0}


def test_a_scale_is_counted_in_its_order_with_all_of_its_points() -> None:
    given_ = ballots(small=2, local=1, decisive=3)
    result = rule().publish(SCALE, given_).result
    assert result.counts == {"small": 2, "local": 1, "watched": 0, "decisive": 3}
    assert (result.middle, result.spread) == ("local", ("small", "decisive"))
    # Below each of the three steps are 2, 3 and 3 of 6 people; half on each side is the most.
    assert result.disagreement == pytest.approx((8 / 36 + 9 / 36 + 9 / 36) / (3 / 4))


def test_of_an_order_counts_what_is_first_and_how_many_pairs_differ_in_it() -> None:
    orders = [["red", "green"], ["red", "blue", "green"], ["red"], ["blue"], ["blue", "red"]]
    result = rule().publish(ORDER, [Ballot(order) for order in orders]).result
    assert result.counts == {"red": 3, "green": 0, "blue": 2}
    assert result.most_common == ("red",)
    assert (result.middle, result.spread) == (None, None)
    # Of all 25 pairs 2 * 3 * 2 differ; at most two in three do, when a third is for each.
    assert result.disagreement == pytest.approx((12 / 25) / (2 / 3))


def test_two_who_come_later_change_nothing_until_there_are_five_of_them() -> None:
    first = rule().publish(ANSWER, ballots(yes=5)).result
    for later in range(FIVE):
        assert rule().publish(ANSWER, ballots(no=later), first) == Release(first, settles=False)
    step = rule().publish(ANSWER, ballots(no=5), first)
    assert step.settles
    assert step.result.counts == {"yes": 5, "partly": 0, "no": 5, "dont_know": 0}
    assert step.result.respondents == 10


def test_after_too_few_the_sixth_answer_shows_all_six() -> None:
    """Nothing of the first four was shown, so there is no difference to work out."""
    too_few = rule().publish(ANSWER, ballots(yes=4)).result
    step = rule().publish(ANSWER, ballots(yes=4, no=2), too_few)
    assert step.result.counts == {"yes": 4, "partly": 0, "no": 2, "dont_know": 0}


def test_a_result_survives_the_database() -> None:
    result = rule().publish(PERSON, [Ballot("yes", "no")] * 7).result
    assert Result.model_validate_json(result.model_dump_json()) == result


# --------------------------------------------------------------------------- free text


def test_only_texts_whose_authors_agreed_come_to_the_tray_and_only_from_five_on() -> None:
    waiting = texts("a", "b", "c", "d", private=20)
    assert rule().publish(TEXT, waiting) == Release(Result(respondents=24), settles=False)
    step = rule().publish(TEXT, [*waiting, *texts("e")])
    assert step.settles
    assert sorted(step.texts) == ["a", "b", "c", "d", "e"]
    assert (step.result.respondents, step.result.read) == (25, 5)


def test_texts_come_in_an_order_that_says_nothing_about_who_came_when() -> None:
    arrived = [f"text {number}" for number in range(8)]
    shown = [
        rule(seed).publish(TEXT, texts(*order)).texts
        for seed in range(40)
        for order in (arrived, arrived[::-1])
    ]
    assert all(one == other for one, other in zip(shown[::2], shown[1::2], strict=True))
    assert len(set(shown)) == 40


def test_later_texts_wait_until_there_are_five_new_ones() -> None:
    first = rule().publish(TEXT, texts(*"abcde")).result
    assert rule().publish(TEXT, texts("f", private=9), first) == Release(first, settles=False)
    later = rule().publish(TEXT, texts(*"fghij", private=1), first)
    assert sorted(later.texts) == list("fghij")
    assert (later.result.respondents, later.result.read) == (11, 10)


# --------------------------------------------------------------------------- guess the room


def test_predictions_stand_beside_the_answers_and_say_how_many_knew() -> None:
    waiting = [Ballot("yes", "no")] * 4 + [Ballot("no", "yes"), Ballot("yes", "yes"), Ballot("no")]
    result = rule().publish(ANSWER, waiting).result
    assert result.most_common == ("yes",)
    assert result.predictions is not None
    assert result.predictions.respondents == 6
    assert result.predictions.counts == {"yes": 2, "partly": 0, "no": 4, "dont_know": 0}
    assert result.predictions.right == 2


def test_where_two_choices_are_most_common_either_was_right() -> None:
    waiting = [Ballot("red", "red")] * 3 + [Ballot("blue", "blue")] * 3
    predictions = rule().publish(COLOUR, waiting).result.predictions
    assert predictions is not None
    assert predictions.right == 6


def test_how_many_knew_is_not_said_where_the_predictions_in_question_are_hidden() -> None:
    """About people a cell below five is hidden; "3 knew" would tell what is in it."""
    said = {"yes": 8, "partly": 6, "no": 6, "dont_know": 6}
    guesses = iter(["yes"] * 3 + ["partly"] * 6 + ["no"] * 6 + ["dont_know"] * 11)
    waiting = [Ballot(given, next(guesses)) for given, count in said.items() for _ in range(count)]
    result = rule().publish(PERSON, waiting).result
    assert result.most_common == ("yes",)
    assert result.predictions is not None
    assert result.predictions.counts["yes"] is None
    assert result.predictions.right is None


def test_how_many_knew_is_not_said_where_the_answers_are_hidden() -> None:
    waiting = [Ballot("yes", "yes")] * 9 + [Ballot("no", "no")] * 8
    result = rule().publish(PERSON, waiting).result
    assert None in (result.counts or {}).values()
    assert result.predictions is not None
    assert result.predictions.right is None


def test_fewer_than_five_predictions_are_not_shown_though_the_answers_are() -> None:
    waiting = [Ballot("yes", "no")] * 4 + ballots(yes=4)
    result = rule().publish(ANSWER, waiting).result
    assert result.counts is not None
    assert result.predictions is None


def test_later_predictions_that_are_too_few_leave_the_shown_ones_as_they_were() -> None:
    first = rule().publish(ANSWER, [Ballot("yes", "yes")] * 6).result
    second = rule().publish(ANSWER, [Ballot("no", "no")] * 4 + ballots(no=4), first).result
    assert second.respondents == 14
    assert second.predictions is not None
    assert second.predictions.counts["no"] == 0
    assert second.predictions.right == 0  # most say no now, and nobody whose guess is shown did
    third = rule().publish(ANSWER, [Ballot("no", "no")] * 5, second).result
    assert third.predictions is not None
    assert third.predictions.counts == {"yes": 6, "partly": 0, "no": 5, "dont_know": 0}


def test_predictions_about_people_are_hidden_cell_by_cell_too() -> None:
    waiting = [Ballot("yes", "yes")] * 6 + [Ballot("no", "no")] * 3
    predictions = rule().publish(PERSON, waiting).result.predictions
    assert predictions is not None
    assert predictions.counts["no"] is None
    assert predictions.right is None


# --------------------------------------------------------------------------- hands


def test_hands_instead_of_ballots_are_all_that_counts_and_are_marked() -> None:
    hands = HandCount({"yes": 9, "no": 2}, "instead")
    step = rule().publish(ANSWER, ballots(no=3), hands=hands)
    assert step.settles, "whoever voted has raised a hand as well"
    assert step.result.counts == {"yes": 9, "partly": 0, "no": 2, "dont_know": 0}
    assert (step.result.respondents, step.result.hands, step.result.hands_how) == (
        11,
        11,
        "instead",
    )


def test_too_few_hands_instead_of_ballots_show_nothing() -> None:
    step = rule().publish(ANSWER, ballots(no=9), hands=HandCount({"yes": 4}, "instead"))
    assert step == Release(Result(respondents=4), settles=False)


def test_hands_are_added_to_enough_ballots_and_marked() -> None:
    step = rule().publish(ANSWER, ballots(no=5), hands=HandCount({"yes": 2}, "added"))
    assert step.result.counts == {"yes": 2, "partly": 0, "no": 5, "dont_know": 0}
    assert (step.result.respondents, step.result.hands) == (7, 2)


def test_four_ballots_wait_because_whoever_saw_the_hands_could_subtract_them() -> None:
    hands = HandCount({"yes": 20}, "added")
    step = rule().publish(ANSWER, ballots(no=4), hands=hands)
    assert not step.settles
    assert step.result.counts == {"yes": 20, "partly": 0, "no": 0, "dont_know": 0}
    later = rule().publish(ANSWER, ballots(no=5), step.result, hands)
    assert later.result.counts == {"yes": 20, "partly": 0, "no": 5, "dont_know": 0}
    assert (later.result.hands, later.result.hands_how) == (20, "added")


# --------------------------------------------------------------------------- judgements of people


def test_a_judgement_everybody_shares_stays_hidden() -> None:
    result = rule().publish(PERSON, ballots(no=30)).result
    assert result.counts == dict.fromkeys(ANSWERS)
    assert result.respondents == 30


def test_nothing_is_said_about_a_judgement_with_a_hidden_cell() -> None:
    result = rule().publish(PERSON, ballots(yes=20, partly=9, no=2)).result
    assert result.counts is not None
    assert result.counts["no"] is None
    assert not result.most_common
    assert (result.middle, result.spread, result.disagreement) == (None, None, None)


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ({"yes": 20, "partly": 9, "no": 2, "dont_know": 8}, 2),  # one more, and seven are in them
        ({"yes": 20, "partly": 9, "no": 4, "dont_know": 1}, 2),  # the two together are five
        ({"yes": 20, "partly": 9, "no": 3, "dont_know": 1}, 3),  # together only four
    ],
)
def test_no_more_of_a_judgement_is_hidden_than_has_to_be(
    counts: dict[str, int], hidden: int
) -> None:
    for seed in range(10):
        shown = rule(seed).publish(PERSON, ballots(**counts)).result.counts
        assert shown is not None
        assert list(shown.values()).count(None) == hidden


def test_a_judgement_without_small_cells_is_shown_whole() -> None:
    result = rule().publish(PERSON, ballots(yes=8, partly=5, no=6, dont_know=5)).result
    assert result.counts == {"yes": 8, "partly": 5, "no": 6, "dont_know": 5}
    assert result.most_common == ("yes",)


def test_a_judgement_is_shown_once_whoever_comes_later() -> None:
    first = rule(1).publish(PERSON, ballots(yes=9, no=9)).result
    assert rule(2).publish(PERSON, ballots(no=50), first) == Release(first, settles=False)


# --------------------------------------------------------------------------- disagreement


def test_nobody_on_the_scale_means_no_disagreement_and_no_middle() -> None:
    result = rule().publish(ANSWER, ballots(dont_know=6)).result
    assert (result.disagreement, result.middle, result.spread) == (None, None, None)


def test_most_disagreement_comes_first_and_what_is_hidden_last() -> None:
    results = [
        ("hidden", rule().publish(PERSON, ballots(yes=9, no=1)).result),
        ("agreed", rule().publish(ANSWER, ballots(yes=9)).result),
        ("too few", rule().publish(ANSWER, ballots(yes=2, no=2)).result),
        ("split", rule().publish(ANSWER, ballots(yes=5, no=5)).result),
        ("spread", rule().publish(ANSWER, ballots(yes=3, partly=3, no=3)).result),
    ]
    assert most_disagreement_first(results) == ["split", "spread", "agreed", "hidden", "too few"]
