"""Links of a map by vote: those who do the work and those who lead, each under the rule of five."""

from __future__ import annotations

from typing import Any

import pytest

from playbook.cohort.map_links import GroupView, differences, question
from playbook.cohort.types import Member
from playbook.framework import load_framework
from playbook.model import InputError
from tests.cohort.people import Class, Host

WORDS = load_framework().words
LINKS = ("Limits → Assessment", "Calendar → Visit", "Budget → Parts")
ASKED = {"form": "links", "text": "What changes in repairs?", "choices": list(LINKS)}

pytestmark = pytest.mark.row("WS-006")


@pytest.fixture
def led(host: Host) -> Class:
    return host.new_class(host.account("Ana"))


@pytest.fixture
def people(led: Class) -> list[Member]:
    code = led.host.cohorts.new_code(led.trainer)
    return [led.host.cohorts.join(code, f"P{number}") for number in range(10)]


def vote(led: Class) -> dict[str, Any]:
    (told,) = led.host.room.desk_for(led.trainer)["votes"]
    return dict(told)


def test_two_groups_are_told_apart_in_the_order_in_which_to_talk() -> None:
    """First what one group alone sees, then opposite signs, then the widest differences."""
    asked = question("Repairs?", "", LINKS, WORDS)
    work = GroupView(10, {"l1_helps": 9, "l2_harms": 8, "l3_helps": 1})
    lead = GroupView(5, {"l1_helps": 3, "l2_helps": 5, "l3_helps": 4})
    said = differences(asked, work, lead, WORDS)
    assert [line.partition(":")[0] for line in said] == [LINKS[2], LINKS[1], LINKS[0]]
    assert said[0].startswith("Budget → Parts: only those who lead see this link")
    assert "one group says it helps, the other" in said[1]
    assert "90% helps, 0% harms. Those who lead: 60% helps" in said[2]
    assert differences(asked, work, work, WORDS) == []


def test_both_groups_are_shown_once_each_has_five(led: Class, people: list[Member]) -> None:
    votes = led.host.room.votes
    votes.ask_own(led.trainer, ASKED)
    asked = vote(led)
    (lead,) = asked["parts"]
    for someone in people[:5]:
        votes.answer(someone, asked["id"], ["l1_helps", "l2_harms"])
    for someone in people[5:9]:
        votes.answer(someone, lead["id"], ["l2_helps"])
    votes.reveal(led.trainer, asked["id"])
    shown = vote(led)
    assert shown["result"]["counts"]["l1_helps"] == 5
    assert (shown["parts"][0]["result"], shown["differences"]) == (None, [])
    votes.reopen(led.trainer, asked["id"])
    votes.answer(people[9], lead["id"], ["l2_helps"])
    votes.reveal(led.trainer, asked["id"])
    first, second = vote(led)["differences"]
    assert first.startswith("Limits → Assessment: only those who do the work")
    assert second.startswith("Calendar → Visit: one group says it helps, the other")


def test_a_person_answers_for_one_group(led: Class, people: list[Member]) -> None:
    """The later answer counts; what is in a shown result stands."""
    votes = led.host.room.votes
    votes.ask_own(led.trainer, ASKED)
    asked = vote(led)
    (lead,) = asked["parts"]
    for someone in people[:6]:
        votes.answer(someone, asked["id"], ["none"])
    votes.answer(people[5], lead["id"], ["l1_harms"])
    (mine,) = led.host.room.state_for(people[5])["votes"]
    assert mine["mine"] is None
    assert mine["parts"][0]["mine"]["value"] == ["l1_harms"]
    votes.reveal(led.trainer, asked["id"])
    votes.reopen(led.trainer, asked["id"])
    with pytest.raises(InputError):
        votes.answer(people[0], lead["id"], ["l1_harms"])


def test_one_to_three_links_are_asked_about(led: Class) -> None:
    with pytest.raises(InputError, match="1 to 3"):
        led.host.room.votes.ask_own(led.trainer, ASKED | {"choices": []})
    with pytest.raises(InputError, match="1 to 3"):
        led.host.room.votes.ask_own(led.trainer, ASKED | {"choices": [*LINKS, "One more"]})
