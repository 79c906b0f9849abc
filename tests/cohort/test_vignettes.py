"""Two rounds of situations in a class: drawn, sealed, reported once, and nothing of a person."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from playbook.cohort.results import as_csv
from playbook.cohort.results_files import ClassResults, as_pdf, as_pptx
from playbook.cohort.types import Member, Role
from playbook.model import InputError
from playbook.store.errors import GoneError
from tests.cohort.people import Class, Host
from tests.cohort.situations import PLAN, answer, press, said, the_vote, to_the_second_round


@pytest.fixture
def led(host: Host) -> Class:
    erased = host.now.today + timedelta(days=60)
    made = host.new_class(host.account("Ana"), erase_on=erased)
    host.room.leading.take_plan(made.trainer, PLAN)
    return made


@pytest.fixture
def people(led: Class) -> list[Member]:
    code = led.host.cohorts.new_code(led.trainer)
    return [led.host.cohorts.join(code, f"P{number}") for number in range(8)]


def report(led: Class) -> dict[str, Any]:
    return the_vote(led, led.trainer)["result"]["learned"]


def test_half_of_the_class_has_each_form_and_then_the_other_one(
    led: Class, people: list[Member]
) -> None:
    press(led)
    first = {it.id: [one["id"] for one in the_vote(led, it)["situations"]] for it in people}
    assert sorted(ids[0][0] for ids in first.values()) == ["a"] * 4 + ["b"] * 4
    for someone in people:
        answer(led, someone, 2)
    press(led)
    press(led)
    for someone in people:
        ids = [one["id"] for one in the_vote(led, someone)["situations"]]
        assert [it[1:] for it in ids] == [it[1:] for it in first[someone.id]]
        assert ids[0][0] != first[someone.id][0][0]


def test_nobody_chooses_a_form(led: Class, people: list[Member]) -> None:
    press(led)
    mine = said(led, people[0], 2)
    theirs = [f"{'b' if it[0] == 'a' else 'a'}{it[1:]}" for it in mine]
    with pytest.raises(InputError):
        led.host.room.votes.answer(people[0], the_vote(led, people[0])["id"], theirs)


def test_a_round_is_sealed_once_sent_and_may_arrive_twice(led: Class, people: list[Member]) -> None:
    press(led)
    answer(led, people[0], 2)
    poll = the_vote(led, people[0])["id"]
    with led.host.nothing_changes():
        with pytest.raises(InputError, match="sealed"):
            led.host.room.votes.answer(people[0], poll, said(led, people[0], 4))
        with pytest.raises(InputError, match="sealed"):
            led.host.room.votes.answer(people[0], poll, None)
    answer(led, people[0], 2)
    assert led.host.room.desk_for(led.trainer)["turnout"][poll]["answered"] == 1


def test_no_reason_and_no_number_before_the_second_round_is_shown(
    led: Class, people: list[Member]
) -> None:
    content = led.host.framework.vignettes
    to_the_second_round(led, people)
    for someone in people:
        answer(led, someone, 3)
    first = led.host.room.desk_for(led.trainer)["votes"][0]["id"]
    with pytest.raises(InputError, match="second round"):
        led.host.room.votes.reveal(led.trainer, first)
    for who in (*people, led.trainer):
        state = led.host.room.desk_for(who) if who == led.trainer else led.host.room.state_for(who)
        told = json.dumps(state, ensure_ascii=False)
        assert not any(it.why in told for it in content.vignettes)
        assert "learned" not in told
    press(led)
    told = the_vote(led, people[0])["situations"]
    assert len(told) == 8
    assert all(it["why"] and it["mine"] for it in told)


def test_the_report_is_of_pairs_and_told_alike_to_all(led: Class, people: list[Member]) -> None:
    """Before 1 or 2 of 4 are right, after 2 or 4: 38% and 75% where both halves have as many."""
    to_the_second_round(led, people)
    for number, someone in enumerate(people):
        answer(led, someone, 2 + 2 * (number % 2), sure=90)
    press(led)
    told = report(led)
    assert (told["pairs"], told["hidden"]) == (8, "")
    assert told["low"] <= told["effect"] <= told["high"]
    assert (told["sure_before"], told["sure_after"]) == (70, 90)
    assert [the_vote(led, it)["result"]["learned"] for it in people] == [told] * 8


def test_nothing_anywhere_has_a_score_of_a_person(led: Class, people: list[Member]) -> None:
    to_the_second_round(led, people)
    for number, someone in enumerate(people):
        answer(led, someone, 2 + number % 3)
    press(led)
    state = led.host.room.desk_for(led.trainer)
    assert not any(it["mine"] for it in state["votes"][-1]["situations"])
    for number, someone in enumerate(people):
        told = the_vote(led, someone)
        assert {*told["situations"][0]} == {"id", "text", "answer", "why", "sources", "mine"}
        assert {*told["situations"][0]["mine"]} == {"answer", "sure", "label"}
        assert number < 8


def test_four_pairs_are_hidden_and_their_reasons_shown(led: Class, people: list[Member]) -> None:
    to_the_second_round(led, people)
    for someone in people[:4]:
        answer(led, someone, 3)
    press(led)
    told = report(led)
    assert (told["pairs"], told["hidden"], told["effect"]) == (4, "few", None)
    assert len(told["says"]) == 1
    assert the_vote(led, people[0])["situations"][0]["why"]


def test_who_leaves_or_is_set_aside_is_in_no_pair(
    host: Host, led: Class, people: list[Member]
) -> None:
    to_the_second_round(led, people)
    for number, someone in enumerate(people):
        answer(led, someone, 2 + number % 3)
    host.cohorts.set_aside(led.trainer, people[0].id, True)
    press(led)
    assert report(led)["pairs"] == 7


def test_after_the_report_no_late_answer_and_no_second_report(
    led: Class, people: list[Member]
) -> None:
    """Two reports that differ by one person would tell that person's; there is only one."""
    to_the_second_round(led, people)
    for number, someone in enumerate(people[:7]):
        answer(led, someone, 2 + number % 3)
    late = said(led, people[7], 4)
    press(led)
    first, second = (it["id"] for it in led.host.room.desk_for(led.trainer)["votes"])
    told, votes = report(led), led.host.room.votes
    with pytest.raises(InputError):
        votes.answer(people[7], second, late)
    for poll in (first, second):
        for undo in (votes.reopen, votes.drop, votes.ask_again):
            with pytest.raises(InputError):
                undo(led.trainer, poll)
        with pytest.raises(InputError):
            votes.count_hands(led.trainer, poll, {"redefine": 9}, True)
    press(led, "back")
    press(led)
    assert report(led) == told
    led.host.room.leading.take_plan(led.trainer, PLAN)
    assert report(led) == told


def test_a_second_round_alone_pairs_nobody(led: Class, people: list[Member]) -> None:
    """As where the class took the plan anew in between."""
    press(led)
    for someone in people:
        answer(led, someone, 2)
    alone = PLAN.model_copy(update={"minutes": 2, "steps": PLAN.steps[2:]})
    led.host.room.votes.drop(led.trainer, the_vote(led, led.trainer)["id"])
    led.host.room.leading.take_plan(led.trainer, alone)
    press(led)
    for someone in people:
        answer(led, someone, 2)
    press(led)
    assert (report(led)["pairs"], report(led)["hidden"]) == (0, "few")


def test_who_came_later_answers_the_second_round_and_is_no_pair(
    led: Class, people: list[Member]
) -> None:
    press(led)
    for someone in people:
        answer(led, someone, 2)
    late = led.join("Late")
    assert the_vote(led, late)["situations"] == []
    press(led)
    press(led)
    for number, someone in enumerate((*people, late)):
        answer(led, someone, 2 + number % 3)
    press(led)
    assert report(led)["pairs"] == 8


def test_what_people_take_along_says_it_in_words(led: Class, people: list[Member]) -> None:
    to_the_second_round(led, people)
    for number, someone in enumerate(people):
        answer(led, someone, 2 + number % 3)
    press(led)
    told, words = led.host.take_away.results(led.trainer), led.host.framework.words
    says = told["votes"][0]["result"]["learned"]["says"]
    assert any("no comparison group" in it for it in says)
    line = as_csv(told, words).decode("utf-8-sig")
    assert all(it.split(".")[0] in line for it in says)
    results = ClassResults("Spring", led.host.now.today, told["votes"], [], 5)
    assert as_pptx(results, words).startswith(b"PK")
    assert as_pdf(results, words).startswith(b"%PDF")
    assert led.host.take_away.take_home(people[0], "pdf").startswith(b"%PDF")


# --------------------------------------------------------------------------- cards, weeks later


def shown(led: Class, people: list[Member]) -> None:
    to_the_second_round(led, people)
    for number, someone in enumerate(people):
        answer(led, someone, 2 + number % 3)
    press(led)


def filled(card: dict[str, Any], step: str = "step_yes") -> dict[str, str]:
    told = {it["id"]: it["choices"][0]["id"] for it in card["questions"]}
    return told | {"step": step}


def test_a_card_opens_on_its_day_and_also_after_the_class(
    host: Host, led: Class, people: list[Member]
) -> None:
    assert host.room.cards.mine(people[0]) == []
    shown(led, people)
    two, six = host.room.cards.mine(people[0])
    assert (two["day"], six["day"]) == ("15 March 2027", "12 April 2027")
    assert not two["is_due"]
    with pytest.raises(InputError, match="15 March 2027"):
        host.room.cards.answer(people[0], two["id"], filled(two))
    host.now.passes(weeks=2)  # the class ended on its third day
    [two, six] = host.room.cards.mine(people[0])
    assert (two["is_due"], six["is_due"]) == (True, False)
    host.room.cards.answer(people[0], two["id"], filled(two))
    sent = host.room.cards.mine(people[0])[0]
    assert sent["is_sent"]
    assert all(it["mine"] for it in sent["questions"])
    assert sent["questions"][0]["why"]


def test_a_card_says_no_answer_before_it_is_sent_and_is_sealed_then(
    host: Host, led: Class, people: list[Member]
) -> None:
    shown(led, people)
    host.now.passes(weeks=2)
    two = host.room.cards.mine(people[0])[0]
    why = [one.why for card in host.framework.vignettes.cards for one in card.questions]
    assert not any(it in json.dumps(two) for it in why)
    whole = filled(two)
    with pytest.raises(InputError, match="remember"):
        host.room.cards.answer(people[0], two["id"], {**whole, "step": "step_perhaps"})
    host.room.cards.answer(people[0], two["id"], whole)
    host.room.cards.answer(people[0], two["id"], whole)  # the phone lost the network in between
    with pytest.raises(InputError, match="sent this card"):
        host.room.cards.answer(people[0], two["id"], filled(two, "step_no"))


def test_cards_are_told_in_fives(host: Host, led: Class, people: list[Member]) -> None:
    """Four: nothing. Five: all of them. Six to eight: the same as five."""
    shown(led, people)
    host.now.passes(weeks=2)
    steps = ["step_yes", "step_yes", "step_not_yet", "step_changed", "step_no"] + ["step_no"] * 3
    for number, (someone, step) in enumerate(zip(people, steps, strict=True), 1):
        two = host.room.cards.mine(someone)[0]
        host.room.cards.answer(someone, two["id"], filled(two, step))
        cards = host.room.desk_for(led.trainer)["cards"]
        happened = next(it for it in cards if it["text"] == "Did your first step happen?")
        assert happened["answered"] == number
        if number < 5:
            assert happened["result"] is None
        else:
            counts = {"step_yes": 2, "step_not_yet": 1, "step_changed": 1, "step_no": 1}
            assert happened["result"]["counts"] == counts
            assert happened["result"]["respondents"] == 5


def test_cards_are_on_no_screen_of_the_class_and_who_came_later_has_none(
    host: Host, led: Class, people: list[Member]
) -> None:
    shown(led, people)
    assert len(host.room.desk_for(led.trainer)["votes"]) == 2
    late = led.join("Late")
    assert host.room.cards.mine(late) == []
    card = host.room.cards.mine(people[0])[0]
    host.now.passes(weeks=2)
    with pytest.raises(GoneError):
        host.room.cards.answer(late, card["id"], filled(card))
    with pytest.raises(GoneError):
        host.room.votes.reveal(led.trainer, card["id"])
    with pytest.raises(GoneError):
        host.room.votes.answer(people[0], card["id"], ["step_yes"])
    assert led.trainer.role is Role.TRAINER


def test_no_card_is_promised_for_after_everything_is_erased(host: Host) -> None:
    led = host.new_class(host.account("Ana"))  # erased after thirty days
    host.room.leading.take_plan(led.trainer, PLAN)
    code = host.cohorts.new_code(led.trainer)
    people = [host.cohorts.join(code, f"P{number}") for number in range(5)]
    shown(led, people)
    assert [it["title"] for it in host.room.cards.mine(people[0])] == ["Two weeks on"]


def test_both_days_are_in_the_calendar(host: Host, led: Class, people: list[Member]) -> None:
    shown(led, people)
    file = host.take_away.calendar(people[0]).decode()
    day = host.now.today
    for weeks in (2, 6):
        assert f"{day + timedelta(weeks=weeks):%Y%m%d}" in file
    assert file.count("BEGIN:VEVENT") == 2
