"""The rehearsal: made-up people who come, disagree and are wiped."""

from __future__ import annotations

import os
import re
import signal
import socket
import time
from pathlib import Path

import pytest

from playbook.framework import load_framework
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.rehearsal.players import players
from playbook.server.cohort.rehearsal.rehearse import RehearsalRun
from playbook.store.sql import SqliteStore
from tests.server.forked import started

FRAMEWORK = load_framework()
SCRIPT = FRAMEWORK.rehearsal
QUESTION = "candidates/urgent"
COUNT = 16


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def host(tmp_path):
    made = CohortHost.at(tmp_path, FRAMEWORK, "http://127.0.0.1:1", False, 40)
    yield made
    made.close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def play(host, clock):
    return RehearsalRun(host, SCRIPT, COUNT, seed=1, clock=clock)


def let_pass(play, clock, seconds):
    for _ in range(seconds):
        clock.now += 1
        play.tick()


def everybody_answers(play, clock):
    """Who is here does what it is time for, six in each tick: eight ticks are for forty people."""
    for _ in range(8):
        clock.now += 45
        play.tick()


def people(host, play):
    return [it for it in host.cohorts.members(play.trainer.cohort) if it.id != play.trainer.id]


def test_most_come_at_once_some_late_and_all_within_minutes(host, play, clock):
    let_pass(play, clock, 20)
    early = len(people(host, play))
    assert COUNT / 2 <= early < COUNT
    let_pass(play, clock, 200)
    assert len(people(host, play)) == COUNT


def test_they_answer_in_their_own_time_and_disagree(host, play, clock):
    let_pass(play, clock, 200)
    vote = host.room.votes.ask(play.trainer, "catalyst", QUESTION, guess=True)
    let_pass(play, clock, 10)
    some = host.room.desk_for(play.trainer)["turnout"][vote]["waiting"]
    assert 0 < some < COUNT
    let_pass(play, clock, 120)
    host.room.votes.close(play.trainer, vote)
    host.room.votes.reveal(play.trainer, vote)
    (told,) = host.room.state_for(play.trainer)["votes"]
    counts = told["result"]["counts"]
    assert sum(counts.values()) == told["result"]["respondents"] == COUNT
    assert sum(1 for count in counts.values() if count) >= 3
    assert told["result"]["disagreement"] > 0.3


def test_they_write_sentences_and_some_keep_them_to_themselves(host, play, clock):
    let_pass(play, clock, 200)
    vote = host.room.votes.ask(play.trainer, "catalyst", "candidates/loss")
    let_pass(play, clock, 150)
    host.room.votes.close(play.trainer, vote)
    host.room.votes.reveal(play.trainer, vote)
    (told,) = host.room.state_for(play.trainer)["votes"]
    assert told["result"]["texts"] == []
    texts = [it["text"] for it in host.room.desk_for(play.trainer)["tray"][vote]]
    assert COUNT / 4 < len(texts) < COUNT
    assert set(texts) <= set(SCRIPT.sentences)


def test_they_fill_in_the_sheet_that_is_offered(host, play, clock):
    let_pass(play, clock, 100)
    host.room.set_sheet(play.trainer, "catalyst")
    let_pass(play, clock, 60)
    stores = [
        SqliteStore(host.database, workspace=member.workspace) for member in people(host, play)
    ]
    begun = [store.load(info.id).fields for store in stores for info in store.worksheets()]
    assert len(begun) > COUNT / 2
    assert sum(1 for fields in begun if len(fields) > 2) > COUNT / 4


def test_nobody_comes_through_a_closed_door(host, play, clock):
    host.cohorts.set_door(play.trainer, False)
    let_pass(play, clock, 60)
    assert people(host, play) == []
    host.cohorts.set_door(play.trainer, True)
    let_pass(play, clock, 5)
    assert people(host, play)


def test_a_whole_plan_is_rehearsed_through_next_alone(host, play, clock):
    """People answer each vote and each team decides, in steps of 45 seconds."""
    room, walls, clock.now = host.room, [], 200
    play.tick()
    while (told := room.desk_for(play.trainer))["rundown"]["next"]["wall"]:
        if any(vote["state"] == "open" for vote in told["votes"]):
            everybody_answers(play, clock)
        assert room.leading.next(play.trainer, **told["rundown"]["at"])
        walls.append(room.screen_for(play.trainer)["wall"]["kind"])
    programme = FRAMEWORK.programmes[SCRIPT.programme]
    assert len(walls) == sum(len(step.phases) for step in programme.steps)
    assert walls.count("result") == 4
    assert all(row["decision"] for row in told["matrix"]["rows"])


def test_a_case_is_answered_as_it_is_expected(host, clock):
    """Ranges are those of the case, its choices come in their shares, and most people stay with
    what they chose before the talk."""
    script = SCRIPT.model_copy(update={"programme": "atb_20"})
    play = RehearsalRun(host, script, 40, seed=1, clock=clock)
    room, clock.now = host.room, 200
    play.tick()
    while (told := room.desk_for(play.trainer))["rundown"]["next"]["wall"]:
        if any(vote["state"] == "open" for vote in told["votes"]):
            everybody_answers(play, clock)
        assert room.leading.next(play.trainer, **told["rundown"]["at"])
    votes = {vote["text"]: vote for vote in told["votes"]}
    beside = [part for vote in told["votes"] for part in vote["parts"]]
    assert all(5 <= part["result"]["respondents"] < 40 for part in beside)
    assert beside
    case = room.leading.plans.case("atb")
    recruit = case.step("recruit")
    ranges = votes["Between how many and how many people apply in the first week?"]["result"]
    allowed = {tuple(it.split(" to ")) for it in recruit.expects["how_many"]}
    assert {tuple(it) for it in ranges["ranges"]} <= allowed
    ways = votes["How do people come in?"]["result"]
    apply, draw, appoint = ways["counts"].values()
    assert apply > max(draw, appoint)
    both, changed = ways["before"]["both"], ways["before"]["changed"]
    assert changed is None or changed < both / 2  # unsaid where it would point at somebody


def test_the_same_seed_plays_the_same_people_and_another_one_others():
    assert players(SCRIPT, 40, 7) == players(SCRIPT, 40, 7)
    assert players(SCRIPT, 40, 7) != players(SCRIPT, 40, 8)


def test_somebody_loses_the_network_and_comes_back():
    for player in players(SCRIPT, 60, 3):
        begins, ends = player.offline
        if begins > player.comes:
            assert player.is_there(begins - 0.1)
            assert not player.is_there(begins)
            assert player.is_there(ends)
            return
    raise AssertionError("Nobody lost the network.")


def test_sixty_people_have_sixty_names():
    names = [player.name for player in players(SCRIPT, 60, 1)]
    assert len(set(names)) == 60


def test_the_command_serves_the_class_and_leaves_nothing_behind(tmp_path):
    command = "from playbook.cli.main import main; main()"
    given, log = ["rehearse", "--no-browser", "--port", str(free_port())], tmp_path / "log"
    process = started(command, given, os.environ | {"TMPDIR": str(tmp_path)}, log)
    until = time.monotonic() + 60
    while not (found := re.search(r"/resume#(\S+)", log.read_text())):
        assert time.monotonic() < until
        time.sleep(0.1)
    assert found[1]
    process.send_signal(signal.SIGINT)
    process.wait(60)
    assert [it for it in Path(tmp_path).iterdir() if it != log] == []


def free_port():

    with socket.socket() as it:
        it.bind(("127.0.0.1", 0))
        return it.getsockname()[1]
