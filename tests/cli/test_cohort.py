"""`playbook cohort ...`, as whoever runs a host types it."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from playbook.cli.main import main
from playbook.cohort.cohorts import Cohorts
from playbook.maintain.admin import Admin
from playbook.model import InputError
from playbook.server.cohort import admin_client
from playbook.store.paths import cohorts_path, data_home
from tests.cohort.people import load_framework

ENDS, ERASED = (str(date.today() + timedelta(days=days)) for days in (3, 30))
PLAN = ["Spring class", "--trainer", "ana", "--host", "Acme", "--ends", ENDS, "--erase-on", ERASED]


def run(*arguments, typed=None):
    return CliRunner().invoke(main, ["cohort", *arguments], input=typed)


def told(*arguments):
    """What a command says to programs."""
    done = run(*arguments, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def dump():
    """Everything in the file, read by SQLite alone."""
    if not cohorts_path().exists():
        return None
    with closing(sqlite3.connect(cohorts_path())) as file:
        return list(file.iterdump())


@pytest.fixture
def trainer():
    """The name of a trainer, with whom the host begins."""
    return told("trainer", "Ana")["name"]


@pytest.fixture
def spring(trainer):
    """The id of a class."""
    made = told("new", *PLAN)
    assert made["trainer"] == trainer
    return made["id"]


def join(code, name):
    """Somebody comes in, as they would through the server."""
    words = load_framework().words
    with closing(Admin.at(data_home(), words, lambda: datetime.now(UTC))) as admin:
        return Cohorts(admin.database, admin.key, words, admin.now).join(code, name)


def test_a_trainer_gets_a_link_that_is_good_once():
    done = run("trainer", "Ana", "--address", "https://class.example/")
    assert done.exit_code == 0
    assert "Ana sets a password with this link, once" in done.output
    assert "  https://class.example/invited#" in done.output


def test_without_the_hosts_address_it_is_said_what_is_missing():
    done = run("trainer", "Ana")
    assert "  /invited#" in done.output
    assert "--address" in done.output


def test_a_class_is_made_and_its_code_and_link_are_shown(trainer):
    done = run("new", *PLAN, "--address", "https://class.example")
    assert done.exit_code == 0
    assert f"“Spring class” is there, led by {trainer}" in done.output
    assert f"ends on {ENDS}; everything is to be erased on {ERASED}" in done.output
    code = done.output.split("Join code: ")[1][:9]
    assert f"https://class.example/join?code={code}" in done.output
    assert join(code, "Lin").name == "Lin"


def test_what_is_decided_for_good_is_asked_for_and_never_the_default(trainer):
    given = ["Class", "--trainer", trainer, *PLAN[3:]]
    assert told("new", *given)["sees_answers"] is False
    made = told("new", *given, "--sees-answers", "--teams")
    assert (made["sees_answers"], made["in_teams"]) == (True, True)


def test_classes_trainers_and_counts_are_listed(spring):
    done = run("list")
    assert f"{spring}  Spring class" in done.output
    assert f"Ana for Acme; 1 person; door open; ends {ENDS}, erased {ERASED}" in done.output
    assert [one["id"] for one in told("list")] == [spring]
    assert run("trainers").output == "Ana  (1 class)\n"
    assert told("trainers") == [{"name": "Ana", "cohorts": 1}]
    assert told("stats")["people"] == 1
    assert "worksheets   0" in run("stats").output


def test_a_host_without_classes_says_so(trainer):
    assert told("trainers") == [{"name": trainer, "cohorts": 0}]
    assert run("list").output == "There is no class yet.\n"
    assert told("list") == []


def test_a_new_code_ends_the_one_before(spring):
    first, second = told("code", spring)["code"], told("code", spring)["code"]
    assert join(second, "Lin").cohort == spring
    with pytest.raises(InputError, match="newer one"):
        join(first, "Kim")
    assert "Join code: " in run("code", spring).output


def test_a_class_is_ended(spring):
    assert "“Spring class” has ended" in run("end", spring).output
    (ended,) = told("list")
    assert (ended["open"], ended["ends"]) == (False, str(date.today()))


def test_a_class_is_erased_after_asking(spring):
    before = dump()
    for typed in ("n\n", "\n", ""):
        refused = run("erase", spring, typed=typed)
        assert refused.exit_code == 1
        assert "Erase the class with 1 person" in refused.stderr
    assert dump() == before
    done = run("erase", spring, typed="y\n")
    assert done.exit_code == 0
    assert "Erased for good: 1 person, 0 worksheets." in done.stdout
    assert told("list") == []


def test_somebody_is_erased_without_asking_when_told_so(spring):
    lin = join(told("code", spring)["code"], "Lin")
    assert f"{lin.id}  participant  Lin" in run("people", spring).output
    gone = told("erase", spring, "--member", lin.id, "--yes")
    assert gone == {"id": spring, "member": lin.id, "people": 1, "teams": 0, "worksheets": 0}
    assert [one["name"] for one in told("people", spring)] == ["Ana"]
    assert lin.id in "\n".join(dump())  # its tombstone


def test_a_trainer_is_erased_after_asking_once_no_class_is_theirs(spring):
    told("trainer", "Ben")
    before = dump()
    for typed in ("n\n", "\n", ""):
        refused = run("erase-trainer", "ben", typed=typed)
        assert refused.exit_code == 1
        assert "Erase the account of ben, and their work in classes of others" in refused.stderr
    led = run("erase-trainer", "Ana", "--yes")
    assert led.exit_code == 2
    assert f"Ana is the trainer of “Spring class” ({spring}); erase that first" in led.stderr
    assert dump() == before
    done = run("erase-trainer", "ben", typed="y\n")
    assert "Erased for good: the account of Ben, 0 worksheets. Backups" in done.stdout
    run("erase", spring, "--yes")
    gone = told("erase-trainer", "Ana", "--yes")
    assert gone == {"name": "Ana", "cohorts": [], "people": 0, "teams": 0, "worksheets": 0}
    assert told("trainers") == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["trainer", ""],
        ["trainer", "x" * 81],
        ["trainer", "Ben", "--address", "class.example"],
        ["new", *PLAN[:-1], "tomorrow"],
        ["new", *PLAN[:-1], "2001-01-01"],
        ["new", *PLAN[:-1], "9999-12-31"],
        ["new", *PLAN, "--trainer", "Nobody"],
        ["new", *PLAN, "--address", "javascript:alert(1)"],
        ["new", "", *PLAN[1:]],
        ["code", "no-such-id"],
        ["end", "../../x"],
        ["people", "🎈"],
        ["erase", "no-such-id", "--yes"],
        ["erase", "no-such-id"],
        ["erase-trainer", "Ana", "--yes"],
        ["erase-trainer", "Nobody", "--yes"],
        ["erase-trainer", "", "--yes"],
    ],
)
def test_bad_input_is_one_sentence_and_changes_nothing(spring, arguments):
    before = dump()
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr.startswith("playbook: ")
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.output
    assert dump() == before
    assert spring in "\n".join(before)


def test_a_person_who_is_not_in_the_class_is_not_erased(spring):
    before = dump()
    for member in ("nobody", told("people", spring)[0]["id"]):
        done = run("erase", spring, "--member", member, "--yes")
        assert done.exit_code == 2
        assert done.stderr.count("\n") == 1
    assert dump() == before


@pytest.mark.parametrize("command", ["list", "stats", "trainers", "code x", "new"])
def test_before_there_is_a_host_nothing_is_made(command):
    name, *rest = command.split()
    done = run(name, *(PLAN if name == "new" else rest))
    assert done.exit_code == 2
    assert "begin with `playbook cohort trainer NAME`" in done.stderr
    assert not data_home().exists()


def test_a_server_that_runs_is_asked_instead_of_the_file(spring, monkeypatch):
    """The server's side is in tests/server/cohort/test_admin.py."""
    asked = SimpleNamespace(calls=[])

    def answer(home, _, name, given):
        asked.calls.append((home, name, given))
        return {
            "id": spring,
            "code": "0000-0000",
            "link": "https://class.example/join",
            "ends": "2027-03-31",
        }

    monkeypatch.setattr(admin_client, "ask", answer)
    before = dump()
    assert "https://class.example/join" in run("code", spring).output
    assert asked.calls == [(data_home(), "code", {"cohort": spring, "address": ""})]
    assert dump() == before


def test_help_names_every_command():
    text = run("--help").output
    for command in (
        "trainer",
        "trainers",
        "erase-trainer",
        "new",
        "list",
        "people",
        "code",
        "end",
        "erase",
        "stats",
    ):
        assert f"\n  {command} " in text
