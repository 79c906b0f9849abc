"""A class is led by Next alone: each press once, whole, and there after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from playbook.cohort.types import Member
from playbook.model import InputError
from playbook.store.errors import GoneError
from tests.cohort.people import Class, Host

SHORT = "whose_work_first"
ANSWERS = {"yes_no": "yes", "range": ["10", "20"], "text": "What we said"}


@pytest.fixture
def led(host: Host) -> Class:
    """A class with a plan that has not begun."""
    made = host.new_class(host.account("Ana"))
    host.room.leading.take(made.trainer, SHORT)
    return made


@pytest.fixture
def people(led: Class) -> list[Member]:
    code = led.host.cohorts.new_code(led.trainer)
    return [led.host.cohorts.join(code, f"P{number}") for number in range(12)]


def desk(led: Class) -> dict[str, Any]:
    return led.host.room.desk_for(led.trainer)


def press(led: Class, name: str = "next", **more: Any) -> bool:
    """Next or Back as the desk sends it: from where it shows that the class is."""
    at = desk(led)["rundown"]["at"]
    return getattr(led.host.room.leading, name)(led.trainer, at["step"], at["phase"], **more)


def everybody_answers(led: Class, people: list[Member]) -> None:
    """Each open vote, the choice by one's number."""
    for vote in desk(led)["votes"]:
        if vote["state"] != "open":
            continue
        for number, someone in enumerate(people):
            choices = [it["id"] for it in vote["choices"]]
            value = ANSWERS.get(vote["form"]) or choices[number % len(choices)]
            led.host.room.votes.answer(someone, vote["id"], value, shared=True)


def led_through(led: Class, people: list[Member]) -> Iterator[dict[str, Any]]:
    """The desk after each press, until the plan is done; everybody answers whatever is asked."""
    while desk(led)["rundown"]["next"]["wall"]:
        everybody_answers(led, people)
        assert press(led)
        yield desk(led)


def test_next_alone_leads_from_the_first_vote_to_the_last(led: Class, people: list[Member]) -> None:
    """What the wall shows is what Next said; the phases are those of the plan, each once."""
    said = desk(led)["rundown"]["next"]
    walls, seen = [], []
    for told in led_through(led, people):
        walls.append((said["wall"], told["wall"]["kind"]))
        now = told["rundown"]["steps"][told["rundown"]["now"]]
        seen.append((now["title"], *(it["do"] for it in now["phases"] if it["state"] == "now")))
        said = told["rundown"]["next"]
    programme = led.host.framework.programmes[SHORT]
    assert seen == [(step.title, it.do) for step in programme.steps for it in step.phases]
    assert [shown for shown, _ in walls] == [shown for _, shown in walls]
    assert [kind for _, kind in walls] == [
        *("vote", "result", "vote", "result"),
        *("vote", "note", "vote", "result"),
        *("teams", "vote", "matrix", "vote", "result"),
    ]
    assert said["blocked"]
    assert not press(led)


def test_next_does_it_once_on_two_devices_and_in_two_presses(led: Class) -> None:
    lead, at = led.host.room.leading, desk(led)["rundown"]["at"]
    assert lead.next(led.trainer, at["step"], at["phase"])
    assert not lead.next(led.trainer, at["step"], at["phase"])
    told = desk(led)
    assert told["rundown"]["at"]["phase"] == 0
    assert len(told["votes"]) == 1
    at = told["rundown"]["at"]
    assert lead.back(led.trainer, at["step"], at["phase"])
    assert not lead.back(led.trainer, at["step"], at["phase"])


def test_next_that_reveals_waits_for_five_and_says_so_and_may_be_passed_over(
    led: Class, people: list[Member]
) -> None:
    press(led)
    everybody_answers(led, people[:4])
    blocked = desk(led)["rundown"]["next"]["blocked"]
    assert blocked == "4 of 5 needed. Wait for answers, or press “Go on without it”."
    with pytest.raises(InputError, match="4 of 5 needed"):
        press(led)
    assert desk(led)["rundown"]["at"]["phase"] == 0
    everybody_answers(led, people[4:5])
    assert desk(led)["rundown"]["next"]["blocked"] is None
    press(led)
    press(led)
    assert press(led, skip=True)
    told = desk(led)
    assert told["rundown"]["steps"][2]["state"] == "now"
    assert [it["state"] for it in told["votes"]] == ["revealed", "closed", "open"]


def test_a_vote_that_was_passed_over_keeps_nobody_waiting(led: Class, people: list[Member]) -> None:
    """Once its step or its plan is left no phone and no wall says that its result comes; to who
    leads it stays, and shown it is everybody's again."""

    def seen() -> list[str]:
        return [vote["state"] for vote in led.host.room.state_for(people[0])["votes"]]

    press(led)
    everybody_answers(led, people)
    assert seen() == ["open"]
    led.host.room.leading.take(led.trainer, SHORT)
    (passed,) = desk(led)["votes"]
    assert passed["state"] == "closed"
    press(led)
    assert seen() == ["open"]
    press(led, skip=True)
    press(led, skip=True)
    assert [it["state"] for it in desk(led)["votes"]][:2] == ["closed", "closed"]
    assert "closed" not in seen()
    led.host.room.votes.reveal(led.trainer, passed["id"])
    assert "revealed" in seen()


def test_back_undoes_wall_and_timer_and_never_an_answer(led: Class, people: list[Member]) -> None:
    """All the way to the end and back: at each place the wall is as it was, and every answer is."""
    trail = [desk(led), *led_through(led, people)]
    answered = {vote: it["answered"] for vote, it in trail[-1]["turnout"].items()}
    results = {it["id"]: it["result"] for it in trail[-1]["votes"]}
    for before in reversed(trail[:-1]):
        assert press(led, "back")
        told = desk(led)
        assert told["rundown"]["at"] == before["rundown"]["at"]
        assert told["timer_ends"] == before["timer_ends"]
        assert told["sheet"] == before["sheet"]
        if before["rundown"]["at"]["phase"] >= 0:
            assert told["wall"] == before["wall"]
        assert {vote: it["answered"] for vote, it in told["turnout"].items()} == answered
    assert not press(led, "back")
    assert {it["id"]: it["result"] for it in desk(led)["votes"]} == results
    list(led_through(led, people))
    assert len(desk(led)["votes"]) == len(answered)


def test_minutes_over_the_new_end_and_the_next_cut_by_name(led: Class) -> None:
    """25 minutes from 9:00; the first step takes 3, so after 10 minutes in it the class is 7 over,
    and cutting the step of 4 leaves 3."""
    press(led)
    led.host.now.passes(minutes=10)
    told = desk(led)["rundown"]
    assert (told["over"], clock(told["end"]), clock(told["planned_end"])) == (7, "09:32", "09:25")
    assert told["cut"]["title"] == "How much time is free?"
    assert told["cut"]["saves"] == 4
    lead = led.host.room.leading
    assert lead.cut(led.trainer, told["cut"]["id"], True)
    assert not lead.cut(led.trainer, told["cut"]["id"], True)
    after = desk(led)["rundown"]
    assert (after["over"], clock(after["end"])) == (3, "09:28")
    assert [it["state"] for it in after["steps"]] == ["now", "cut", "next", "later", "later"]
    assert after["cut"]["title"] == "One sentence for your own unit"
    assert lead.cut(led.trainer, told["cut"]["id"], False)
    assert desk(led)["rundown"]["over"] == 7
    with pytest.raises(GoneError):
        lead.cut(led.trainer, told["steps"][2]["id"], True)


def clock(moment: str) -> str:
    return datetime.fromisoformat(moment).strftime("%H:%M")


def test_a_cut_step_is_passed_over_and_one_that_began_is_not_cut(
    led: Class, people: list[Member]
) -> None:
    lead = led.host.room.leading
    guess = desk(led)["rundown"]["steps"][1]["id"]
    lead.cut(led.trainer, guess, True)
    press(led)
    everybody_answers(led, people)
    press(led)
    press(led)
    assert desk(led)["step"]["title"] == "Whose work first?"
    with pytest.raises(InputError, match="has begun"):
        lead.cut(led.trainer, guess, False)


def test_a_step_made_up_on_the_way_comes_next_and_makes_it_later(
    led: Class, people: list[Member]
) -> None:
    press(led)
    lead = led.host.room.leading
    asked = {"form": "one", "text": "Which one?", "choices": ["This", "That"]}
    lead.add(led.trainer, {"title": "Which one", "kind": "again", "minutes": 6} | asked)
    told = desk(led)["rundown"]
    assert told["over"] == 6
    assert [it["title"] for it in told["steps"]][:2] == ["Join and practise voting", "Which one"]
    assert sum(it["minutes"] for it in told["steps"][1]["phases"]) == 6
    everybody_answers(led, people)
    press(led)
    press(led)
    for _ in range(3):
        everybody_answers(led, people)
        press(led)
    assert desk(led)["wall"]["kind"] == "result"
    for wrong in (
        {"title": "", "kind": "talk", "minutes": 5},
        {"title": "A", "kind": "talk", "minutes": 0},
        {"title": "A", "kind": "vote", "minutes": 5, "form": "one", "text": "B", "choices": ["C"]},
        {"title": "A", "kind": "again", "minutes": 5, "form": "text", "text": "B"},
    ):
        with pytest.raises(InputError):
            lead.add(led.trainer, wrong)


def test_where_the_class_is_survives_a_restart(tmp_path: Any) -> None:
    before = Host(tmp_path / "cohorts.sqlite")
    made = before.new_class(before.account("Ana"))
    before.room.leading.take(made.trainer, SHORT)
    press(made)
    before.now.passes(minutes=1)
    there = desk(made)
    before.database.close()
    after = Host(tmp_path / "cohorts.sqlite", before.now)
    again = after.room.desk_for(made.trainer)
    assert {key: again[key] for key in ("rundown", "wall", "step", "timer_ends")} == {
        key: there[key] for key in ("rundown", "wall", "step", "timer_ends")
    }
    after.database.close()


def test_nothing_of_a_later_step_is_told_to_those_who_answer(
    led: Class, people: list[Member]
) -> None:
    """No title, question, reply or role of a later step, and no reply or lead at all."""
    programme = led.host.framework.programmes[SHORT]
    for told in led_through(led, people):
        bytes_told = str(led.host.room.state_for(people[0]))
        later = programme.steps[told["rundown"]["now"] + 1 :]
        hidden = [it for step in later for it in (step.title, step.say, step.lead_on) if it]
        hidden += [card.text for step in later for card in step.roles]
        hidden += [it.text for step in later for it in (step.question, step.decision) if it]
        hidden += [it.ask for step in programme.steps for it in step.replies]
        assert [it for it in hidden if it in bytes_told] == []


def test_a_plan_is_copied_with_the_class_and_begins_anew(led: Class) -> None:
    lead, host = led.host.room.leading, led.host
    lead.cut(led.trainer, desk(led)["rundown"]["steps"][1]["id"], True)
    press(led)
    owner = next(it for it in host.accounts.everybody() if it.name == "Ana")
    _, trainer = host.cohorts.copy(owner, led.id, "Autumn class", None)
    told = host.room.desk_for(trainer)["rundown"]
    assert told["title"] == host.framework.programmes[SHORT].title
    assert told["at"] == {"step": "", "phase": -1}
    assert {it["state"] for it in told["steps"]} == {"next", "later"}


def test_only_who_leads_leads(led: Class, people: list[Member]) -> None:
    room = led.host.room
    step = desk(led)["rundown"]["steps"][1]["id"]
    for forbidden in (
        lambda: room.leading.next(people[0], "", -1),
        lambda: room.leading.back(people[0], "", -1),
        lambda: room.leading.cut(people[0], step, True),
        lambda: room.leading.take(people[0], SHORT),
        lambda: room.leading.add(people[0], {"title": "A", "kind": "talk", "minutes": 5}),
        lambda: room.wall.put(people[0], "blank"),
        lambda: room.seating.make(people[0], "random", 5),
    ):
        with pytest.raises(GoneError):
            forbidden()


@pytest.mark.usefixtures("people")
def test_no_button_is_named_that_is_not_there(led: Class) -> None:
    """Before the very last result there is nothing to go on to."""
    led.host.room.leading.take(led.trainer, "whose_work_first")
    told = desk(led)["rundown"]
    while told["next"]["skips"]:
        press(led, skip=told["next"]["blocked"] is not None)
        told = desk(led)["rundown"]
    assert told["next"]["blocked"].startswith("0 of 5 needed")
    assert "Go on without it" not in told["next"]["blocked"]
