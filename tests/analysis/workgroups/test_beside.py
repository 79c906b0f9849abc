"""A search in a process of its own: the same groups, no rights, ended at once, one a person."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from playbook.analysis.workgroups import Roster, gower, partition
from playbook.analysis.workgroups import turns as turns_module
from playbook.analysis.workgroups.beside import SearchProcess
from playbook.analysis.workgroups.turns import Newest, turn
from playbook.analysis.workgroups.worker import task
from playbook.analysis.workgroups.written import rules_of
from playbook.worksheet.roster import Attribute
from tests.analysis.workgroups.people import made_up

PATIENCE_S = 120


class BusyError(Exception):
    pass


pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("searches_of_its_own")]


def people(count=16, seed=3):
    """With hours, wishes and whom they report to, so that every kind of value crosses over."""
    known = made_up(count, seed, numbers=1)
    hours = Attribute("when", "hours", tuple(frozenset({at % 3, 9, 10}) for at in range(count)))
    wish = tuple(at % 2 == 0 for at in range(count))
    boss = tuple("P0" if at in (4, 5) else None for at in range(count))
    more = (
        hours,
        Attribute("wish: 1", "yes_no", wish, "wish"),
        Attribute("reports to", "category", boss),
    )
    return Roster(known.names, (*known.attributes, *more))


RULES = [
    {"id": "hours", "kind": "hours", "attribute": "when", "count": 2},
    {"id": "wishes", "kind": "wishes", "attribute": "wish", "share": 0.5},
    {"id": "lines", "kind": "lines", "attribute": "reports to"},
    {"id": "seat", "kind": "seat", "person": "P7", "group": 2},
]


def asked(roster, rules=(), sizes=(4,) * 4, who="somebody"):
    compared = [it.name for it in made_up(4, 1, numbers=1).attributes[:3]]
    return task(roster, roster.only(compared), sizes, list(rules), 0, who)


def heard(process):
    return list(process.events())


def test_it_finds_what_partition_finds_and_keeps_every_kind_of_rule():
    roster = people()
    events = heard(SearchProcess(asked(roster, RULES)))
    answers = [it["answer"] for it in events if "answer" in it]
    rules = [rule for one in RULES for rule in rules_of([one], roster)]
    names = [it["name"] for it in asked(roster)["compared"]["attributes"]]
    sure = partition(gower(roster.only(names)), (4,) * 4, rules=rules)
    assert tuple(answers[-1]["labels"]) == sure.labels
    assert (answers[-1]["value"], answers[-1]["proven"]) == (sure.value, sure.proven)
    values = [it["value"] for it in answers]
    assert values == sorted(values)
    assert {"settled": True} in events
    assert [it["cost"][0] for it in events if "cost" in it] == ["hours", "wishes", "lines"]


def test_where_the_first_groups_are_proved_nobody_waits_for_more():
    """Nine of three kinds in threes: each group has all three, and more than all can't be."""
    kinds = Roster(tuple("ABCDEFGHI"), (Attribute("kind", "category", tuple("xyz" * 3)),))
    events = heard(SearchProcess(task(kinds, kinds, (3, 3, 3), [], 0, "me")))
    assert events[0]["answer"]["proven"]
    assert events[1] == {"settled": True}
    assert tuple(events[0]["answer"]["labels"]) == partition(gower(kinds), (3, 3, 3)).labels
    assert sum("answer" in it for it in events) == 1


def test_rules_that_clash_are_told_by_their_ids():
    rules = [
        {"id": "one", "kind": "together", "people": ["P1", "P2"]},
        {"id": "idle", "kind": "apart", "people": ["P5", "P6"]},
        {"id": "two", "kind": "apart", "people": ["P1", "P2"]},
    ]
    events = heard(SearchProcess(asked(people(), rules)))
    assert sorted(events[-1]["clash"]) == ["one", "two"]


def test_what_cannot_be_is_one_sentence():
    rules = [{"id": "ghost", "kind": "together", "people": ["P1", "Nobody"]}]
    events = heard(SearchProcess(asked(people(), rules)))
    assert events == [{"problem": "ghost: Nobody on the roster is called Nobody."}]


def many(count=120):
    """So many, with so much that differs, that it takes a while."""
    return made_up(count, 5, numbers=3, skills=6)


def test_it_is_ended_at_once_wherever_it_is():
    process = SearchProcess(asked(many(), sizes=(6,) * 20))
    events = process.events()
    assert "answer" in next(events)
    process.end()
    before = list(events)  # what it told meanwhile; the proof would take minutes
    assert not any(it.get("answer", {}).get("proven") for it in before)
    assert gone(process.pid)


def gone(pid):
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(sys.platform == "win32", reason="processes are asked for by signal 0")
def test_it_ends_when_the_page_behind_it_is_gone():
    """The page's process is killed while its search is at work."""
    given = json.dumps(asked(many(), sizes=(6,) * 20))
    code = (
        "import json, sys; from playbook.analysis.workgroups.beside import SearchProcess\n"
        "process = SearchProcess(json.loads(sys.stdin.read()))\n"
        "next(process.events())\n"
        "print(process.pid, flush=True)\n"
        "import time; time.sleep(600)"
    )
    page = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    page.stdin.write(given)
    page.stdin.close()
    pid = int(page.stdout.readline())
    page.kill()
    page.wait()
    page.stdout.close()
    assert gone(pid)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="without niceness")
def test_it_gives_way_and_has_no_rights(monkeypatch):
    monkeypatch.setenv("PLAYBOOK_TICKET", "secret")
    process = SearchProcess(asked(many(), sizes=(6,) * 20))
    events = process.events()
    next(events)
    assert os.getpriority(os.PRIO_PROCESS, process.pid) >= 5
    told = Path(f"/proc/{process.pid}/environ")
    assert not told.exists() or b"PLAYBOOK_" not in told.read_bytes()
    process.end()


def test_a_person_has_one_search_the_newest():
    first = SearchProcess(asked(many(), sizes=(6,) * 20))
    events = first.events()
    next(events)
    second = SearchProcess(asked(people(), who="somebody"))
    after = list(events)  # it ends by itself, long before its proof is done
    assert not any(it.get("answer", {}).get("proven") for it in after)
    assert any("answer" in it for it in heard(second))


def test_another_person_s_search_is_left_alone():
    mine, yours = Newest("me"), Newest("you")
    assert not mine.outdated()
    assert Newest("me").outdated() is False
    assert (mine.outdated(), yours.outdated()) == (True, False)
    yours.close()
    assert not yours.outdated()


@pytest.mark.skipif(sys.platform == "win32", reason="files are not locked there")
def test_as_many_search_at_once_as_there_are_processors(monkeypatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 2)

    def full():
        raise BusyError

    with turn("search", full), turn("search", full), turn("proof", full), pytest.raises(BusyError):
        turn("search", full).__enter__()
    with turn("search", full):
        pass


def test_where_there_is_no_folder_nobody_waits(monkeypatch):
    def refuse():
        raise PermissionError

    monkeypatch.setattr(turns_module, "folder", refuse)
    with turn("search", pytest.fail):
        pass
    assert not Newest("me").outdated()


def test_the_page_loads_neither_numpy_nor_a_solver_for_it():
    code = (
        "import sys; from playbook.analysis.workgroups.beside import SearchProcess; "
        "from playbook.analysis.workgroups.worker import task; print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) & {"numpy", "numba", "ortools", "scipy"} == set()
