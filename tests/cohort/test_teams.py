"""Teams of a whole class, one ballot a team, all decisions in one table."""

from __future__ import annotations

from itertools import chain

import pytest

from playbook.cohort.erasing import ErasureService
from playbook.cohort.results import as_csv
from playbook.cohort.types import Member
from playbook.model import InputError
from playbook.store.errors import GoneError
from tests.cohort.people import Class, Host


@pytest.fixture
def led(host: Host) -> Class:
    return host.new_class(host.account("Ana"))


@pytest.fixture
def people(led: Class) -> list[Member]:
    code = led.host.cohorts.new_code(led.trainer)
    return [led.host.cohorts.join(code, f"P{number}") for number in range(13)]


def seated(led: Class) -> dict[str, list[str]]:
    told = led.host.room.desk_for(led.trainer)["teams"]
    return {it["name"]: it["people"] for it in told["teams"]}


@pytest.mark.parametrize("size", [2, 3, 4, 5, 7, 13, 20])
def test_everybody_is_in_one_team_of_that_size_or_one_fewer(
    led: Class, people: list[Member], size: int
) -> None:
    count = led.host.room.seating.make(led.trainer, "random", size)
    teams = seated(led)
    sizes = [len(it) for it in teams.values()]
    assert len(teams) == count
    assert sorted(chain(*teams.values())) == sorted(it.name for it in people)
    assert max(sizes) - min(sizes) <= 1
    assert min(sizes) >= 2
    assert max(sizes) <= size or size == 2
    assert list(teams) == [f"Team {number}" for number in range(1, count + 1)]


def test_no_name_of_a_team_takes_the_desk_away(led: Class) -> None:
    """Teams are in the order of their numbers; not everything that is called a digit is one."""
    for name in ("Team 10", "Team 2", "²", "Team ①", "٣", "=1+1", "<b>9</b>"):
        led.team(name, led.join(name))
    names = list(seated(led))
    assert len(names) == 7
    assert names.index("Team 2") < names.index("Team 10")


def test_a_team_made_to_talk_shares_no_worksheet(led: Class, people: list[Member]) -> None:
    """What somebody wrote alone stays in front of them, and nobody else comes to read it."""
    led.writes(people[0], "Mine")
    before = led.host.cohorts.place_of(led.now(people[0]))
    led.host.room.seating.make(led.trainer, "random", 4)
    now = led.now(people[0])
    assert now.team is not None
    assert led.host.cohorts.place_of(now) == before
    assert len(list(led.host.take_away.file(now))) > 0


def test_where_people_share_a_worksheet_nobody_is_moved(led: Class, people: list[Member]) -> None:
    led.team("North", people[0], people[1])
    with pytest.raises(InputError, match="nobody is moved"):
        led.host.room.seating.make(led.trainer, "random", 4)
    assert {name: set(it) for name, it in seated(led).items()} == {"North": {"P0", "P1"}}


@pytest.mark.usefixtures("people")
def test_made_again_they_are_fewer_and_who_came_later_sits_in_the_smallest(led: Class) -> None:
    seating = led.host.room.seating
    seating.make(led.trainer, "random", 2)
    seating.make(led.trainer, "random", 7)
    assert list(seated(led)) == ["Team 1", "Team 2"]
    assert len(led.host.cohorts.teams(led.id)) == 2
    led.join("Late")
    assert seating.fill(led.trainer) == 1
    assert sorted(map(len, seated(led).values())) == [7, 7]
    assert seating.fill(led.trainer) == 0


def test_a_team_made_anew_is_another_one_and_the_word_of_the_old_stays_with_the_old(
    led: Class, people: list[Member]
) -> None:
    """Neither decisions nor rounds of levels come to people who did not give them."""
    room = led.host.room
    room.seating.make(led.trainer, "random", 7)
    old = {it.id for it in _teams(led)}
    first = [led.now(it) for it in people if led.now(it).team == min(old)]
    room.levels.open(first[0])
    of = {"form": "text", "text": "What first?", "by_team": True}
    polls = [room.votes.ask_own(led.trainer, of) for _ in range(2)]
    for one in polls:
        room.votes.answer(first[0], one, "Ours")
    room.votes.reveal(led.trainer, polls[0])
    before = {it.name for it in _teams(led) if it.id == min(old)}.pop()
    for times in (1, 2):
        room.seating.make(led.trainer, "random", 7)
        assert old & {it.id for it in _teams(led)} == {min(old)}
        assert {led.now(it).team for it in people}.isdisjoint(old)
        assert all(not room.levels.state_for(led.now(it)).open for it in people)
        if times == 1:
            room.votes.answer(led.now(people[0]), polls[1], "New")
        names = [it.name for it in _teams(led)]
        assert len(names) == len(set(names))
        assert {"Team 1", "Team 2", f"{before}, earlier (1)"} <= set(names)
        told = room.desk_for(led.trainer)
        turnout = told["turnout"][polls[1]]
        assert (turnout["answered"], turnout["of"]) == (2 - times, 2)  # teams of before don't count
    matrix = {it["team"]: it["decision"] for it in told["matrix"]["rows"]}
    assert matrix[f"{before}, earlier (1)"] == "Ours"
    room.wall.put(led.trainer, "matrix", polls[0])
    (shown,) = room.desk_for(led.trainer)["matrix"]["rows"]
    assert shown["decision"] == "Ours"


def test_a_team_of_the_past_takes_no_place_from_those_that_are_chosen(
    led: Class, people: list[Member]
) -> None:
    room = led.host.room
    room.seating.make(led.trainer, "random", 2)
    of = {"form": "text", "text": "What first?", "by_team": True}
    poll = room.votes.ask_own(led.trainer, of)
    for someone in people:
        room.votes.answer(led.now(someone), poll, "Ours")
    past = {it.id for it in _teams(led)}
    assert len(past) == 6
    assert room.seating.make(led.trainer, "choice", 5) == 3
    offered = [it["id"] for it in room.state_for(led.now(people[0]))["teams"]["teams"]]
    assert past.isdisjoint(offered)
    assert len(offered) == 3
    for someone in people[:5]:
        room.seating.choose(someone, offered[0])
    with pytest.raises(InputError, match="Team 1 is full with 5 people"):
        room.seating.choose(people[5], offered[0])
    with pytest.raises(GoneError):
        room.seating.choose(people[5], min(past))


def test_by_table_people_say_where_they_sit_and_at_random_they_do_not(
    led: Class, people: list[Member]
) -> None:
    room, someone = led.host.room, people[0]
    room.seating.make(led.trainer, "table", 5)
    at_desk = room.desk_for(led.trainer)["teams"]
    assert (at_desk["teams"], at_desk["open"]) == ([], 3)
    told = room.state_for(someone)["teams"]
    assert [it["name"] for it in told["teams"]] == ["Table 1", "Table 2", "Table 3"]
    assert (told["mine"], told["choose"]) == (None, "table")
    room.seating.choose(someone, told["teams"][2]["id"])
    assert seated(led) == {"Table 3": ["P0"]}
    with pytest.raises(GoneError):
        room.seating.choose(someone, "nothing")
    room.seating.make(led.trainer, "random", 5)
    with pytest.raises(InputError, match="put everybody into teams"):
        room.seating.choose(someone, room.state_for(someone)["teams"]["mine"])


def test_who_chooses_finds_a_full_team_closed_and_always_another_one_open(
    led: Class, people: list[Member]
) -> None:
    """Thirteen in three teams of at most five; who comes later makes room, and nobody stands."""
    room = led.host.room
    assert room.seating.make(led.trainer, "choice", 5) == 3
    first, second, third = (it["id"] for it in room.state_for(people[0])["teams"]["teams"])
    for someone in people[:5]:
        room.seating.choose(someone, first)
    full = {it["id"]: it["full"] for it in room.state_for(led.now(people[5]))["teams"]["teams"]}
    assert full == {first: True, second: False, third: False}
    assert not room.state_for(led.now(people[0]))["teams"]["teams"][0]["full"]  # one's own
    with pytest.raises(InputError, match="Team 1 is full with 5 people"):
        room.seating.choose(people[5], first)
    room.seating.choose(people[0], first)  # who sits there stays
    room.seating.choose(people[0], second)  # and may go
    room.seating.choose(people[5], first)
    late = [led.join(f"Late {number}") for number in range(3)]  # sixteen: six a team
    room.seating.choose(late[0], first)
    for someone in (*people[6:], *late[1:]):
        teams = room.state_for(led.now(someone))["teams"]["teams"]
        room.seating.choose(someone, next(it["id"] for it in teams if not it["full"]))
    assert sorted(map(len, seated(led).values())) == [4, 6, 6]


def test_a_table_takes_who_sits_there(led: Class, people: list[Member]) -> None:
    room = led.host.room
    room.seating.make(led.trainer, "table", 5)
    table = room.state_for(people[0])["teams"]["teams"][0]["id"]
    for someone in people:
        room.seating.choose(someone, table)
    assert {name: len(it) for name, it in seated(led).items()} == {"Table 1": len(people)}


def test_people_read_their_own_team_and_nobody_elses(led: Class, people: list[Member]) -> None:
    led.host.room.seating.make(led.trainer, "random", 4)
    for someone in people:
        told = led.host.room.state_for(someone)["teams"]
        (own,) = told["teams"]
        assert own["id"] == told["mine"]
        assert someone.name in own["people"]


def decided(led: Class, who: Member) -> list[tuple[str, str | None]]:
    found = led.host.room.state_for(who)["matrix"]["rows"]
    return [(it["team"], it["decision"]) for it in found]


def test_a_team_has_one_answer_that_others_see_once_it_is_revealed(
    led: Class, people: list[Member]
) -> None:
    room = led.host.room
    room.seating.make(led.trainer, "random", 5)
    poll = room.votes.ask_own(led.trainer, {"form": "text", "text": "What first?", "by_team": True})
    of = {it.name: [p for p in people if p.name in seated(led)[it.name]] for it in _teams(led)}
    one, two, three = of.values()
    room.votes.answer(one[0], poll, "Ours")
    room.votes.answer(one[1], poll, "Ours, better said")
    room.votes.answer(two[0], poll, "Theirs")
    assert room.desk_for(led.trainer)["turnout"][poll]["answered"] == 2
    assert room.desk_for(led.trainer)["turnout"][poll]["of"] == 3
    (vote,) = room.state_for(one[0])["votes"]
    assert vote["mine"]["value"] == "Ours, better said"
    assert decided(led, one[2]) == [("Team 1", "Ours, better said")]
    assert "Theirs" not in str(room.state_for(one[0]))
    late = led.join("Late")
    with pytest.raises(InputError, match="no team yet"):
        room.votes.answer(late, poll, "Mine")
    alone = led.team("Alone", late)
    with pytest.raises(InputError, match="alone in this team"):
        room.votes.answer(led.now(late), poll, "Mine")
    led.host.cohorts.seat(led.trainer, late.id, None)
    assert alone not in {it["id"] for it in room.desk_for(led.trainer)["matrix"]["rows"]}
    room.votes.reveal(led.trainer, poll)
    assert room.state_for(three[0])["wall"] == {"kind": "matrix", "poll": poll}
    rows = [("Team 1", "Ours, better said"), ("Team 2", "Theirs"), ("Team 3", None)]
    assert decided(led, three[0]) == rows
    (second,) = (it.id for it in _teams(led) if it.name == "Team 2")
    room.votes.show_decision(led.trainer, poll, second, False)
    assert decided(led, three[0])[1] == ("Team 2", None)
    assert decided(led, two[1])[1] == ("Team 2", "Theirs")


def test_what_teams_decided_is_in_the_results_once_it_is_shown(
    led: Class, people: list[Member]
) -> None:
    room, away = led.host.room, led.host.take_away
    room.seating.make(led.trainer, "random", 20)
    asked = {"form": "range", "text": "How much?", "unit": "%", "by_team": True}
    poll = room.votes.ask_own(led.trainer, asked)
    room.votes.answer(people[0], poll, ["10", "20"])
    assert away.results(led.trainer)["decisions"] == []
    room.votes.reveal(led.trainer, poll)
    told = away.results(led.trainer)
    rows = [{"team": "Team 1", "decision": "10 to 20%"}]
    assert told["decisions"] == [{"question": "How much?", "rows": rows}]
    last = as_csv(told, led.host.framework.words).decode("utf-8-sig").splitlines()[-1]
    assert last == "1,,How much?,,1,10 to 20%,,,Decided by Team 1."


def _teams(led: Class):
    return led.host.cohorts.teams(led.id)


def test_a_decision_is_not_revealed_before_there_is_one(led: Class, people: list[Member]) -> None:
    room = led.host.room
    room.seating.make(led.trainer, "random", 5)
    poll = room.votes.ask_own(
        led.trainer, {"form": "one", "text": "Which?", "choices": ["A", "B"], "by_team": True}
    )
    with pytest.raises(InputError, match="No team has decided"):
        room.votes.reveal(led.trainer, poll)
    room.votes.answer(
        led.now(people[0]), poll, room.state_for(people[0])["votes"][0]["choices"][1]["id"]
    )
    room.votes.reveal(led.trainer, poll)
    told = [it for it in decided(led, people[0]) if it[1]]
    assert [decision for _, decision in told] == ["B"]


def test_erasing_somebody_leaves_the_word_of_the_team_and_a_team_takes_it_along(
    led: Class, people: list[Member]
) -> None:
    room, host = led.host.room, led.host
    room.seating.make(led.trainer, "random", 20)
    poll = room.votes.ask_own(led.trainer, {"form": "text", "text": "What?", "by_team": True})
    room.votes.answer(people[0], poll, "Ours")
    host.room.votes.reveal(led.trainer, poll)
    erasing = ErasureService(*host.parts)
    erasing.member(led.trainer, people[0].id)
    assert decided(led, people[1]) == [("Team 1", "Ours")]
    (team,) = _teams(led)
    for someone in people[1:]:
        host.cohorts.seat(led.trainer, someone.id, None)
    erasing.team(led.trainer, team.id)
    assert "Ours" not in str(host.rows())
