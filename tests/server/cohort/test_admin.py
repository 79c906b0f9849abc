"""The commands of whoever runs the host: on the file, and through the server that holds it."""

from __future__ import annotations

import asyncio
import json
import socket
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from playbook.cohort import secrets
from playbook.framework import load_framework
from playbook.maintain.admin import COMMANDS, Admin
from playbook.maintain.backup import check
from playbook.model import InputError, PlaybookError, StoreError
from playbook.server.cohort.admin_client import SOCKET, ask, fits, socket_in
from playbook.server.cohort.admin_server import AdminServer
from playbook.server.cohort.host.host import CohortHost
from playbook.store.class_schema import device
from playbook.store.paths import backups_path, cohorts_path
from playbook.store.remote import connection

ADDRESS = "https://class.example"
TODAY = datetime.now(UTC).astimezone().date()
PLAN = {
    "title": "Spring class",
    "trainer": "ana",
    "host": "Acme",
    "ends": str(TODAY + timedelta(days=3)),
    "erase_on": str(TODAY + timedelta(days=30)),
}


def words():
    return load_framework().words


@contextmanager
def serving(home: Path):
    """A host with its admin socket, in a thread; yields it and what it was told of browsers."""
    host = CohortHost.at(home, load_framework(), ADDRESS, True, 60)
    ended: list[str] = []
    loop, ready, done = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    async def serve() -> None:
        server = AdminServer(host, ended.extend)
        server.listen()
        ready.set()
        await done.wait()
        server.stop()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert ready.wait(10)
    try:
        yield host, ended
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join(10)
        loop.close()
        host.close()


@pytest.fixture
def home(tmp_path):
    (tmp_path / "data").mkdir(mode=0o700)
    return tmp_path / "data"


@pytest.fixture
def server(home):
    with serving(home) as (host, ended):
        host.ended = ended
        yield host


@pytest.fixture(params=["file", "server"])
def do(request, home):
    """do(name, **given): a command, on the file or through a server."""
    if request.param == "server":
        request.getfixturevalue("server")
        yield lambda command, **given: ask(home, words(), command, given)
    else:
        with closing(Admin.at(home, words(), lambda: datetime.now(UTC))) as admin:
            yield lambda command, **given: json.loads(json.dumps(admin.call(command, given)))


# --------------------------------------------------------------------------- the commands


def test_a_trainer_is_invited_by_a_link(do):
    told = do("trainer", name="Ana", address="https://other.example/")
    link, token = told["link"].split("#")
    assert (told["name"], link) == ("Ana", "https://other.example/invited")
    assert len(token) == 43
    assert do("accounts") == [{"name": "Ana", "cohorts": 0}]


def test_accounts_are_listed_with_the_classes_they_lead(do):
    for name in ("Ben", "Ana"):
        do("trainer", name=name)
    do("new", **PLAN)
    assert do("accounts") == [{"name": "Ana", "cohorts": 1}, {"name": "Ben", "cohorts": 0}]


def test_a_class_is_made_as_asked_and_listed_the_newest_first(do):
    do("trainer", name="Ana")
    do("new", **PLAN)
    made = do("new", **PLAN | {"title": "Second"}, teams=True, sees_answers=True)
    code = made.pop("code")
    assert secrets.read_code(code)
    assert made.pop("link").endswith(f"/join?code={code}")
    assert made == {
        "id": made["id"],
        "title": "Second",
        "host": "Acme",
        "trainer": "Ana",
        "ends": PLAN["ends"],
        "erase_on": PLAN["erase_on"],
        "in_teams": True,
        "sees_answers": True,
        "open": True,
        "people": 1,
        "teams": 0,
    }
    assert [one["title"] for one in do("cohorts")] == ["Second", "Spring class"]
    assert do("cohorts")[0] == made


def test_a_class_goes_its_way(do):
    do("trainer", name="Ana")
    cohort = do("new", **PLAN)["id"]
    again = do("code", cohort=cohort)
    assert again["id"] == cohort
    ended = do("end", cohort=cohort)
    assert (ended["ends"], ended["open"]) == (str(date.today()), False)
    (ana,) = do("people", cohort=cohort)
    assert (ana["name"], ana["role"]) == ("Ana", "trainer")
    assert do("stats") == {
        "accounts": 1, "cohorts": 1, "people": 1, "teams": 0, "worksheets": 0, "signed_in": 0,
    }  # fmt: skip
    gone = do("erase", cohort=cohort)
    assert gone == {"id": cohort, "member": None, "people": 1, "teams": 0, "worksheets": 0}
    assert do("cohorts") == []
    assert do("stats")["people"] == 0


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("new", PLAN | {"trainer": "Nobody"}),
        ("new", PLAN | {"title": ""}),
        ("new", PLAN | {"ends": "31.3.27"}),
        ("new", PLAN | {"ends": "2001-01-01"}),
        ("new", PLAN | {"erase_on": PLAN["ends"]}),
        ("new", PLAN | {"teams": "yes"}),
        ("new", {"title": "Half"}),
        ("new", PLAN | {"more": 1}),
        ("trainer", {"name": ""}),
        ("trainer", {"name": None}),
        ("code", {"cohort": "no-such-id"}),
        ("code", {"cohort": "../../etc/passwd"}),
        ("end", {"cohort": ""}),
        ("people", {"cohort": "🎈"}),
        ("erase", {"cohort": "no-such-id"}),
        ("erase", {}),
        ("erase_trainer", {"name": "Nobody"}),
        ("erase_trainer", {"name": "Ana"}),
        ("erase_trainer", {}),
        ("call", {"name": "stats", "given": {}}),
        ("close", {}),
        ("at", {}),
        ("__init__", {}),
        ("nothing", {}),
    ],
)
def test_what_makes_no_sense_is_one_sentence_and_changes_nothing(do, command, given):
    do("trainer", name="Ana")
    do("new", **PLAN)
    before = do("cohorts"), do("accounts"), do("stats")
    with pytest.raises(InputError) as refused:
        do(command, **given)
    assert str(refused.value).count("\n") == 0
    assert (do("cohorts"), do("accounts"), do("stats")) == before


def test_a_class_does_not_lose_its_trainer_and_no_stranger_is_erased(do):
    do("trainer", name="Ana")
    cohort = do("new", **PLAN)["id"]
    (ana,) = do("people", cohort=cohort)
    with pytest.raises(InputError, match="without its trainer"):
        do("erase", cohort=cohort, member=ana["id"])
    with pytest.raises(InputError, match="has the id nobody"):
        do("erase", cohort=cohort, member="nobody")
    assert do("people", cohort=cohort) == [ana]


def test_a_backup_is_made_and_checked_while_the_file_is_held(do, home, tmp_path):
    do("trainer", name="Ana")
    made = do("backup")
    assert Path(made["path"]).parent == backups_path(home)
    assert check(Path(made["path"])).rows["account"] == 1
    named = tmp_path / "named.sqlite"
    assert do("backup", to=str(named))["path"] == str(named)
    with pytest.raises(StoreError, match="there already"):
        do("backup", to=str(named))


# --------------------------------------------------------------------------- the socket


def test_the_socket_is_for_this_user_alone_and_goes_with_the_server(home):
    with serving(home):
        mode = (home / SOCKET).stat().st_mode
        assert stat.S_ISSOCK(mode)
        assert mode & 0o777 == 0o600
    assert not (home / SOCKET).exists()
    with pytest.raises(LookupError):
        ask(home, words(), "stats", {})


def test_a_folder_too_deep_for_a_socket_says_where_it_is(tmp_path):
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True, mode=0o700)
    assert not fits(deep / SOCKET)
    with serving(deep):
        place = socket_in(deep)
        assert fits(place)
        assert (deep / SOCKET).stat().st_mode & 0o777 == 0o600
        assert place.parent.stat().st_mode & 0o777 == 0o700
        assert ask(deep, words(), "stats", {})["accounts"] == 0
    assert not place.parent.exists()
    assert not (deep / SOCKET).exists()


@pytest.mark.parametrize("left", ["socket", "file"])
def test_what_a_killed_server_left_is_in_nobodys_way(home, left):
    if left == "socket":
        with socket.socket(socket.AF_UNIX) as old:
            old.bind(str(home / SOCKET))
    else:
        (home / SOCKET).write_text("/nowhere/admin.sock")
    with pytest.raises(LookupError):
        ask(home, words(), "stats", {})
    with serving(home):
        assert ask(home, words(), "stats", {})["accounts"] == 0


def test_links_have_the_address_that_the_server_knows(server, home):
    told = ask(home, words(), "trainer", {"name": "Ana"})
    link, token = told["link"].split("#")
    assert link == f"{ADDRESS}/invited"
    assert server.accounts.invited(token).name == "Ana"


def test_a_new_code_is_shown_at_the_desk_and_rings(server, home):
    ask(home, words(), "trainer", {"name": "Ana"})
    made = ask(home, words(), "new", PLAN)
    ((_, ana),) = server.cohorts.of_account(server.accounts.named("Ana"))
    assert server.cohorts.code(ana) == made["code"]
    bell = server.bells.next(ana)
    again = ask(home, words(), "code", {"cohort": made["id"]})
    assert server.cohorts.code(ana) == again["code"] != made["code"]
    assert bell.is_set()
    assert server.cohorts.behind(again["code"]).id == made["id"]


def test_an_erased_co_trainer_is_signed_out_everywhere_and_the_class_hears_of_it(server, home):
    for name in ("Ana", "Ben"):
        ask(home, words(), "trainer", {"name": name})
    made = ask(home, words(), "new", PLAN)
    ((_, ana),) = server.cohorts.of_account(server.accounts.named("Ana"))
    seat, ben = server.cohorts.invite_trainer(ana, "Ben"), server.accounts.named("Ben")
    cookies = [server.devices.begin(who) for who in (seat, ben)]
    known = {server.devices.who(cookie).device for cookie in cookies}
    bell = server.bells.next(ana)
    told = ask(home, words(), "erase_trainer", {"name": "ben"})
    assert told["cohorts"] == [made["id"]]
    assert bell.is_set()
    assert set(server.ended) == known
    assert [server.devices.who(cookie) for cookie in cookies] == [None, None]
    assert ask(home, words(), "accounts", {}) == [{"name": "Ana", "cohorts": 1}]


def test_whoever_is_erased_is_signed_out_and_their_kernels_are_told_of(server, home):
    ask(home, words(), "trainer", {"name": "Ana"})
    made = ask(home, words(), "new", PLAN)
    lin = server.cohorts.join(made["code"], "Lin")
    cookie = server.devices.begin(lin)
    known = server.devices.who(cookie).device
    ask(home, words(), "erase", {"cohort": made["id"], "member": lin.id})
    assert server.devices.who(cookie) is None
    assert server.ended == [known]
    with server.database.read() as file:
        assert file.execute(select(device)).all() == []


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"\xff", b"[" * 50_000, b"null", b'{"cohort": NaN}', b'{"cohort": {}}']
)
def test_a_hand_made_message_gets_one_sentence(server, home, body):
    with closing(connection(f"unix:{home / SOCKET}")) as line:
        line.request("POST", "/code", body)
        answer = line.getresponse()
        told = json.loads(answer.read())
    assert (answer.status, told["error"]) == (409, "InputError")
    assert "Traceback" not in told["text"]
    assert server.accounts.everybody() == []


@pytest.mark.parametrize(("method", "path"), [("GET", "/stats"), ("POST", "/"), ("POST", "/a/b")])
def test_nothing_else_is_answered(server, home, method, path):
    with closing(connection(f"unix:{home / SOCKET}")) as line:
        line.request(method, path)
        assert line.getresponse().status in (404, 405)
    assert server.accounts.everybody() == []


def test_trouble_of_our_own_is_one_sentence_and_a_line_in_the_log(
    server, home, monkeypatch, logged_tracebacks, caplog
):
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(Admin, "stats", broken)
    with pytest.raises(PlaybookError, match="our fault") as refused:
        ask(home, words(), "stats", {})
    assert "secret" not in str(refused.value)
    assert len(logged_tracebacks) == 1
    assert "The command stats failed" in caplog.text
    logged_tracebacks.clear()
    assert server.accounts.everybody() == []


def test_while_a_server_runs_nobody_else_opens_the_file(server, home):
    with pytest.raises(StoreError, match="server that is running"):
        Admin.at(home, words(), lambda: datetime.now(UTC))
    assert server.accounts.everybody() == []


def test_several_ask_at_once_and_each_gets_an_answer(server, home):
    names = [f"Trainer {number}" for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        told = list(pool.map(lambda it: ask(home, words(), "trainer", {"name": it}), names))
    assert [one["name"] for one in told] == names
    assert len(server.accounts.everybody()) == 12


def test_server_and_command_line_use_the_same_key_and_file(home):
    with closing(Admin.at(home, words(), lambda: datetime.now(UTC))) as admin:
        admin.call("trainer", {"name": "Ana"})
        code = admin.call("new", PLAN)["code"]
    assert {path.name for path in home.iterdir()} >= {secrets.KEY_FILE, cohorts_path(home).name}
    assert all(path.stat().st_mode & 0o077 == 0 for path in home.iterdir())
    with serving(home) as (host, _):
        assert host.cohorts.behind(code).title == "Spring class"


def test_every_command_is_a_method_and_nothing_more_is_offered():
    assert all(callable(getattr(Admin, name)) for name in COMMANDS)
    assert not {"call", "close", "at", "refuse"} & set(COMMANDS)
