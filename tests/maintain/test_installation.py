"""A whole installation as one JSON file, and back into an empty one."""

import json
import sqlite3
from contextlib import closing
from copy import deepcopy
from datetime import UTC, date, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import Boolean, Date, Integer, insert, select

from playbook.cli.main import main
from playbook.cohort.aggregate import Result
from playbook.cohort.own_questions import Fact, OwnQuestion
from playbook.maintain.installation import TABLES, export_all, import_all
from playbook.model import InputError, Question, StoreError
from playbook.model.programme import Phase, Step
from playbook.store import Operation, Set, SqliteStore
from playbook.store.paths import cohorts_path, database_path
from playbook.store.schema import Json, UtcTime, metadata, workspace
from playbook.store.sqlite.database import Database
from playbook.store.sqlite.file import FileLock

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
ODD = "O'Neil \u05e9 👩🏽‍🚒 </script> =1+1"
WORKSHEETS = {"workspace", "upkeep", "worksheet", "erased", "operation", "event", "current"}
EXAMPLES = {
    UtcTime: NOW,
    Date: date(2027, 2, 1),
    Boolean: True,
    Integer: 3,
    Json: ["a", {"b": 1.5}],
}
QUESTION = Question(id="breaks", kind="one", text=ODD)
CLOSED = {
    "member.role": "co_trainer",
    "poll.state": "revealed",
    "poll.hands": "instead",
    "poll.asked": QUESTION.model_dump_json(),
    "poll.form": "range",
    "poll.fact": Fact(value="85", source=ODD).model_dump_json(),
    "prepared.asked": OwnQuestion(form="one", text=ODD, choices=("a", "b")).model_dump_json(),
    "published.result": Result(respondents=7, counts={"yes": 7}).model_dump_json(),
    "agreed.review": "partly",
    "room.wall": "matrix",
    "room.teams_by": "random",
    "step.given": Step(
        id="a", title=ODD, minutes=2, phases=(Phase(do="talk", minutes=2),)
    ).model_dump_json(),
}
"""Columns that take no other text than what the program writes there."""
LEFT_OUT = {"device", "invitation", "pairing", "offer"}


def example_row(table, number):
    """A row of any table, whose links lead to the same row of the others."""
    row = {}
    for column in table.c:
        (link,) = column.foreign_keys or (None,)
        kind = type(column.type)
        text = f"{link.column.table.name}-{number}" if link else f"{ODD} SECRET {column.name}"
        row[column.name] = EXAMPLES.get(kind, text)
        if column.name in ("id", "token", "code") and not link:
            row[column.name] = f"{table.name}-{number}"
        elif column.unique or (column.primary_key and not link and kind not in EXAMPLES):
            row[column.name] += f" {number}"
        row[column.name] = CLOSED.get(str(column), row[column.name])
    return row


@pytest.fixture
def machine(playbook_home):
    """Two rows in every table of a cohort host, worksheets in both files."""
    with closing(SqliteStore(database_path())) as solo:
        made = solo.create("catalyst", ODD).id
        solo.commit(made, Operation("o1", "laptop", "set", 1, (Set("breaks", "yes", 0),)))
        solo.commit(made, Operation("o2", "phone", "set", 1, (Set("breaks", "no", 0),)))
        solo.erase_worksheet(solo.create("catalyst", "Gone").id)
    host = Database(cohorts_path())
    others = [name for name in metadata.tables if name not in WORKSHEETS]
    with host.write() as connection:
        for number in (1, 2):
            connection.execute(insert(workspace).values(id=f"workspace-{number}", created=NOW))
            for table in metadata.sorted_tables:
                if table.name in others:
                    connection.execute(insert(table).values(example_row(table, number)))
    SqliteStore(cohorts_path(), workspace="workspace-1").create("catalyst", "Of a member")
    return playbook_home


def places(folder):
    return folder / "playbook.sqlite", folder / "cohorts.sqlite"


def dump(path, without=()):
    with closing(sqlite3.connect(path)) as connection:
        lines = list(connection.iterdump())
    left_out = tuple(f'INSERT INTO "{table}"' for table in without)
    return [line for line in lines if not line.startswith(left_out)]


@pytest.fixture
def data(machine):
    """What the machine exports, through JSON text as in a file."""
    return json.loads(json.dumps(export_all(*places(machine)), allow_nan=False))


def test_an_installation_that_moved_exports_the_same_again(data, tmp_path):
    there = tmp_path / "there"
    import_all(data, *places(there))
    assert export_all(*places(there)) == data


def test_the_rows_are_the_same_but_for_secrets(data, machine, tmp_path):
    there = tmp_path / "there"
    import_all(data, *places(there))
    turns = ("worksheet",)  # numbered anew, in the same order
    assert dump(places(there)[0], turns) == dump(places(machine)[0], turns)
    keys = tuple(LEFT_OUT)
    secret = ("account", "member", "cohort")
    new, old = (dump(places(at)[1], keys + secret) for at in (there, machine))
    assert new == old
    with Database(places(there)[1]).read() as connection:
        for table in (metadata.tables[name] for name in (*keys, *secret)):
            rows = connection.execute(select(table)).mappings().all()
            assert len(rows) == (0 if table.name in keys else 2)
        kept = connection.execute(select(metadata.tables["member"])).mappings().first()
        assert kept["resume"] is None
        assert {**example_row(metadata.tables["member"], 1), "resume": None} == dict(kept)


def test_every_table_is_told_or_known_to_be_left_out(data):
    told = set(data["cohorts"]["tables"])
    assert told == set(TABLES)
    assert set(metadata.tables) - told - WORKSHEETS == LEFT_OUT
    assert all(len(rows) == 2 for rows in data["cohorts"]["tables"].values())


def test_nothing_that_opens_a_door_is_in_an_export(data):
    text = json.dumps(data, ensure_ascii=False)
    for secret in ("password", "resume", "join_code"):
        assert f"SECRET {secret}" not in text
    assert "SECRET name" in text


def test_no_page_of_the_gallery_is_in_an_export(data):
    assert "SECRET page" not in json.dumps(data)


def test_an_erased_worksheet_stays_erased_after_moving(data, tmp_path):
    there = tmp_path / "there"
    import_all(data, *places(there))
    with closing(sqlite3.connect(places(there)[0])) as connection:
        assert connection.execute("SELECT count(*) FROM erased").fetchone() == (1,)


def test_only_what_is_there_is_exported(tmp_path):
    SqliteStore(tmp_path / "playbook.sqlite").create("catalyst", "Mine")
    data = export_all(*places(tmp_path))
    assert data["cohorts"] is None
    import_all(data, *places(tmp_path / "there"))
    assert [path.name for path in (tmp_path / "there").glob("*.sqlite")] == ["playbook.sqlite"]


def test_an_installation_with_worksheets_takes_none_in(data, machine):
    before = dump(places(machine)[1])
    with pytest.raises(InputError, match="move that file away first"):
        import_all(data, *places(machine))
    assert dump(places(machine)[1]) == before


def test_a_server_that_runs_keeps_its_files(data, machine, tmp_path):
    with FileLock(places(machine)[1]), pytest.raises(StoreError, match="in use by a server"):
        export_all(*places(machine))
    (tmp_path / "there").mkdir()
    with FileLock(places(tmp_path / "there")[1]), pytest.raises(StoreError, match="in use"):
        import_all(data, *places(tmp_path / "there"))


def other_format(data):
    data["format"] = "something"


def other_version(data):
    data["version"] = 99


def unknown_part(data):
    data["more"] = 1


def unknown_table(data):
    data["cohorts"]["tables"]["sqlite_master"] = []


def key_table(data):
    data["cohorts"]["tables"]["device"] = []


def unknown_column(data):
    data["cohorts"]["tables"]["account"][0]["password"] = "mine"


def missing_column(data):
    del data["cohorts"]["tables"]["member"][1]["name"]


def wrong_kind(data):
    data["cohorts"]["tables"]["poll"][1]["place"] = True


def page(data):
    row = example_row(metadata.tables["offer"], 1)
    data["cohorts"]["tables"]["offer"] = [row | {"at": NOW.isoformat()}]


def half_character(data):
    data["cohorts"]["tables"]["member"][1]["name"] = "\ud800"


def nul(data):
    data["cohorts"]["tables"]["member"][1]["name"] = "a\x00b"


def half_character_in_json(data):
    table = next(table for table in TABLES.values() if any(type(c.type) is Json for c in table.c))
    column = next(column.name for column in table.c if type(column.type) is Json)
    data["cohorts"]["tables"][table.name][0][column] = {"a": ["\udfff"]}


def no_time(data):
    data["cohorts"]["tables"]["member"][1]["joined"] = "2027-01-04T09:00"


def no_value(data):
    data["cohorts"]["tables"]["member"][1]["cohort"] = None


def nobodys(data):
    data["cohorts"]["tables"]["member"][1]["cohort"] = "another"


def twice(data):
    rows = data["cohorts"]["tables"]["tombstone"]
    rows.append(rows[0])


def bent_history(data):
    data["solo"]["workspaces"][0]["worksheets"][0]["operations"][0]["events"][0]["rev"] = 7


def odd_workspace(data):
    data["cohorts"]["workspaces"][0]["id"] = "../../x"


@pytest.mark.parametrize(
    "spoil",
    [
        other_format,
        other_version,
        unknown_part,
        unknown_table,
        key_table,
        unknown_column,
        missing_column,
        wrong_kind,
        page,
        half_character,
        nul,
        half_character_in_json,
        no_time,
        no_value,
        nobodys,
        twice,
        bent_history,
        odd_workspace,
    ],
)
def test_what_is_no_whole_export_is_refused_and_nothing_is_taken_in(data, tmp_path, spoil):
    spoiled, there = deepcopy(data), tmp_path / "there"
    spoil(spoiled)
    with pytest.raises(InputError) as error:
        import_all(spoiled, *places(there))
    assert "\n" not in str(error.value)
    for path in there.glob("*.sqlite"):
        assert not any(line.startswith("INSERT") and "upkeep" not in line for line in dump(path))
    import_all(data, *places(there))


@pytest.mark.parametrize(
    ("table", "column", "given", "problem"),
    [
        ("member", "role", "root", "'root' is none of trainer, co_trainer, participant, viewer"),
        ("member", "role", "Trainer", "'Trainer' is none of"),
        ("member", "role", ["trainer"], "is none of trainer,"),
        ("member", "role", None, "is none of trainer,"),
        ("poll", "state", "shown", "'shown' is none of open, closed, revealed"),
        ("poll", "hands", "", "'' is none of added, instead"),
        ("agreed", "review", "kept", "'kept' is none of done, partly, dropped"),
        ("poll", "asked", "{}", "this is not what belongs there"),
        ("poll", "asked", '{"id": "a", "kind": "odd", "text": "?"}', "not what belongs there"),
        ("published", "result", "many", "this is not what belongs there"),
        ("published", "result", '{"respondents": 7, "names": []}', "not what belongs there"),
        ("published", "result", None, "this is not what belongs there"),
    ],
)
def test_a_value_that_the_program_never_writes_is_refused_by_its_place(
    data, tmp_path, table, column, given, problem
):
    data["cohorts"]["tables"][table][1][column] = given
    with pytest.raises(InputError) as error:
        import_all(data, *places(tmp_path / "there"))
    assert f": tables.{table}[1].{column}: " in str(error.value)
    assert problem in str(error.value)


@pytest.mark.parametrize(("table", "column"), [("poll", "hands"), ("agreed", "review")])
def test_a_choice_that_nobody_made_yet_is_taken_in(data, tmp_path, table, column):
    data["cohorts"]["tables"][table][1][column] = None
    there = places(tmp_path / "there")
    import_all(data, *there)
    assert export_all(*there) == data


def run(*words, code=0, home=None):
    env = {"PLAYBOOK_HOME": str(home)} if home else {}
    done = CliRunner().invoke(main, [str(word) for word in words], env=env)
    assert done.exit_code == code, done.output + repr(done.exception)
    return done.output


def test_the_commands_move_everything_to_another_machine(machine, tmp_path):
    file = tmp_path / "all.json"
    said = run("export-all", file)
    assert said.startswith(
        f"{file} has everything but passwords, private links, codes and the gallery: "
    )
    assert said.endswith("2 worksheets, 2 classes, 2 people in classes.\n")
    assert "can't be written: File exists" in run("export-all", file, code=2)
    there = tmp_path / "there"
    assert "give out new ones" in run("import-all", file, home=there)
    assert export_all(*places(there)) == export_all(*places(machine))
    assert "move that file away" in run("import-all", file, home=there, code=2)


@pytest.mark.parametrize("text", ["not json", '{"format": NaN}', "[" * 100_000, "\udcff", "[]", ""])
def test_a_file_that_is_no_export_is_one_sentence(text, tmp_path):
    file = tmp_path / "odd.json"
    file.write_bytes(text.encode(errors="surrogateescape"))
    said = run("import-all", file, code=2)
    assert said.count("\n") == 1
    assert str(file) in said
    assert "can't be read" in run("import-all", tmp_path / "missing.json", code=2)
