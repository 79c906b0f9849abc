"""Whose page makes room when somebody opens one more."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from playbook.cohort.types import Member, Role
from playbook.server.cohort.host.open_pages import (
    AT_ONCE,
    EVERY_SECONDS,
    PAGES_EACH,
    OpenPage,
    OpenPages,
    making_room,
)


def pages(*told: str) -> list[OpenPage]:
    """From words such as "ana@a" or "ana@a+": the person, the class, whether it is connected."""
    return [
        OpenPage(str(number), word.split("@")[0], word.split("@")[1].rstrip("+"), "+" in word)
        for number, word in enumerate(told)
    ]


def test_while_there_is_room_nobody_goes():
    assert making_room(pages("ana@a", "ben@a"), "eve", "a", 3) == []


def test_one_persons_oldest_page_goes_and_first_one_that_is_not_connected():
    mine = ["ana@a+", "ana@a+", "ana@a", "ana@a+", "ana@a", "ana@a+"]
    assert len(mine) == PAGES_EACH
    assert making_room(pages(*mine), "ana", "a", 60) == ["2"]
    assert making_room(pages(*["ana@a+"] * PAGES_EACH), "ana", "a", 60) == ["0"]


def test_whose_pages_are_all_being_made_has_to_wait():
    made = [OpenPage(None, "ana", "a")] * PAGES_EACH
    assert making_room(made, "ana", "a", 60) is None


def test_when_it_is_full_ones_own_page_goes_although_others_have_more():
    assert making_room(pages("eve@a", "eve@a", "ana@a+"), "ana", "a", 3) == ["2"]


def test_when_it_is_full_who_has_most_makes_room_for_who_has_none():
    there = pages("ben@a+", "eve@b+", "eve@b", "eve@b+", "lin@a")
    assert making_room(there, "ana", "a", 5) == ["2"]


def test_who_has_only_one_page_keeps_it_while_it_is_connected():
    assert making_room(pages("ben@a+", "eve@a+"), "ana", "a", 2) is None
    assert making_room(pages("ben@a+", "eve@a+"), "ana", "b", 2) is None
    assert making_room(pages("ben@a", "eve@a"), "ana", "a", 2) is None, "their own class is full"


def test_a_class_that_has_more_than_its_share_lets_another_in():
    there = pages("p1@a+", "p2@a", "p3@a", "p4@b+")
    assert making_room(there, "ana", "b", 4) == ["1"]
    assert making_room(there, "ana", "a", 4) is None


WORDS = st.builds(
    "{}@{}{}".format, st.sampled_from("pqrst"), st.sampled_from("ab"), st.sampled_from(["", "+"])
)


@given(st.lists(WORDS, max_size=12), st.sampled_from("pqz"), st.sampled_from("ab"))
def test_nobody_with_fewer_pages_makes_room_for_who_has_more(words, person, cohort):
    there = pages(*words)
    room = making_room(there, person, cohort, 8)
    counts = Counter(page.person for page in there)
    for gone in [there[int(kernel)] for kernel in room or []]:
        assert gone.person == person or counts[gone.person] > 1 or not gone.connected
        assert gone.person == person or counts[person] == 0


def member(name: str, cohort: str = "a") -> Member:
    known = {"id": name, "cohort": cohort, "name": name, "role": Role.PARTICIPANT}
    return Member(**known, team=None, workspace=name, joined=datetime(2026, 1, 1, tzinfo=UTC))


def test_pages_that_go_over_and_over_come_one_at_a_time():
    now = [0.0]
    host = OpenPages(60, lambda _: False, clock=lambda: now[0])
    ana = member("ana")

    def opens(number: int) -> bool:
        if host.begin(("request", number), ana) is None:
            return False
        host.given(("request", number), f"kernel {number}")
        return True

    assert [opens(number) for number in range(AT_ONCE + 1)] == [True] * AT_ONCE + [False]
    now[0] += EVERY_SECONDS
    assert [opens(100), opens(101)] == [True, False]
    assert host.begin("another", member("ben")) == []
    now[0] += 1000
    assert opens(200)
