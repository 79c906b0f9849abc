"""The command line as scripts and other people's notebooks rely on it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from playbook.cli.main import main
from playbook.framework import load_framework

GOOD = {
    "candidates": [
        {
            "id": "suite",
            "what": "Clients leave for online rivals while we replace the office tools",
            "breaks": "yes",
            "urgent": "no",
        }
    ]
}


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def answers(tmp_path):
    def write(data, name="answers.json"):
        path = tmp_path / name
        data = data if isinstance(data, str | bytes) else json.dumps(data)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


def test_sheets_lists_all_tiles_and_says_which_are_built():
    listed = json.loads(run("sheets", "--json").output)
    assert [sheet["id"] for sheet in listed] == load_framework().order
    assert {sheet["id"] for sheet in listed if sheet["built"]} == set(load_framework().sheets)
    assert {sheet["stage"] for sheet in listed} == {"recognise", "create", "act", "work_system"}


def test_questions_tells_kinds_choices_ranges_and_sources():
    listed = {
        line["id"]: line for line in json.loads(run("questions", "catalyst", "--json").output)
    }
    assert listed["breaks"]["choices"] == ["yes", "partly", "no", "dont_know"]
    assert listed["breaks"]["table"] == "candidates"
    assert listed["breaks"]["sources"][0]["source"]
    assert listed["what"]["range"]["max_length"] > 0
    assert run("questions", "catalyst").output.count("\n") == len(listed)


@pytest.mark.row("CAT-04")
def test_assess_prints_the_stable_surface(answers):
    result = run("assess", "catalyst", answers(GOOD), "--json", "--today", "2027-01-10")
    printed = json.loads(result.output)
    assert result.exit_code == 0
    assert printed["sheet"] == "catalyst"
    assert printed["verdict"] == "fail"
    assert 0 < printed["completeness"] < 1
    stop = next(finding for finding in printed["findings"] if finding["rule"] == "CAT-04")
    assert {"rule", "level", "text", "advice", "source", "ours"} <= set(stop)
    assert stop["level"] == "fail"
    assert stop["source"] == "PP"
    assert stop["ours"] is False


def test_assess_takes_toml_and_prints_for_people(answers):
    text = '[[candidates]]\nwhat = "x"\nby_when = 2027-03-31\nurgent = "yes"\n'
    result = run("assess", "catalyst", answers(text, "a.toml"), "--today", "2027-01-10")
    assert result.exit_code == 0
    assert "Source:" in result.output


def story_in(folder):
    """A reason that stops and a sponsor without a word, in two kinds of file, beside a note."""
    folder.mkdir()
    (folder / "catalyst.json").write_text(json.dumps(GOOD))
    (folder / "champion.toml").write_text('[[candidates]]\nrole = "The head of service"\n')
    (folder / "notes.txt").write_text("Ask the county.")
    return folder


def test_assess_judges_a_folder_of_answer_files_with_their_gate(tmp_path, answers):
    folder = story_in(tmp_path / "story")
    result = run("assess", folder, "--json", "--today", "2027-01-10")
    assert result.exit_code == 0
    printed = json.loads(result.output)
    assert [(one["sheet"], one["verdict"]) for one in printed] == [
        ("catalyst", "fail"),
        ("champion", "unknown"),
        ("recognise_gate", "fail"),
    ]
    alone = run("assess", "catalyst", answers(GOOD), "--json", "--today", "2027-01-10")
    assert printed[0] == json.loads(alone.output)
    musts = {one["key"]: one["level"] for one in printed[2]["findings"] if "must." in one["key"]}
    assert musts == {
        "must.catalyst": "fail",
        **dict.fromkeys(["must.zoom_out", "must.champion"], "unknown"),
        **dict.fromkeys(["must.entry_point", "must.metric_tree"], "unknown"),
    }
    said = run("assess", folder, "--today", "2027-01-10").output
    for carry in load_framework().sheets["recognise_gate"].carries:
        assert carry.must in said


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, ["no answer file", "catalyst.json"]),
        ({"notes.txt": "x"}, ["no answer file"]),
        ({"catalist.json": "{}"}, ["did you mean catalyst?"]),
        ({"catalyst.json": "{}", "catalyst.toml": "x = 1"}, ["both for catalyst"]),
        ({"catalyst.json": '{"breaks": "yes"}'}, ["catalyst.json", "breaks"]),
        ({"catalyst.json": "{"}, ["catalyst.json", "JSON"]),
    ],
)
def test_a_folder_that_cannot_be_judged_gets_one_sentence(tmp_path, files, said):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    sentence = refused(run("assess", tmp_path))
    for part in said:
        assert part in sentence


def refused(result):
    """The one sentence that says why; nothing for programs to take for an answer."""
    assert result.exit_code == 2, result.output + repr(result.exception)
    assert result.stdout == ""
    assert result.stderr.startswith("playbook: ")
    assert result.stderr.count("\n") == 1
    return result.stderr


CANDIDATES = '{"candidates": [%s]}'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        # no answer file at all
        ("", ["empty"]),
        (" \n", ["empty"]),
        ("{", ["JSON", "line 1"]),
        ("{} {}", ["JSON", "Extra data"]),
        ("[" * 100_000, ["JSON", "nested too deeply"]),
        ('{"candidates": %s}' % ("9" * 5000), ["JSON", "number is too long"]),
        ('"' + "x" * 2_000_000 + '"', ["2000000 bytes"]),
        (b"\x89PNG\x0d\x0a", ["UTF-8"]),
        ('{"candidates": []}'.encode("utf-16"), ["UTF-8"]),
        ("3", ["question ids", "3"]),
        ("null", ["question ids", "null"]),
        ("[1]", ["question ids", "[1]"]),
        # what the sheet does not ask
        ('{"": 1}', ["first_step_date", "candidates or work_items"]),
        ('{"candidate": []}', ["candidate", "did you mean candidates?"]),
        ('{"urgent": "yes"}', ["urgent", "the rows of candidates"]),
        (CANDIDATES % '{"urgnt": "yes"}', ["candidates row 1, urgnt", "did you mean urgent?"]),
        (CANDIDATES % '{"Urgent": "yes"}', ["Urgent", "did you mean urgent?"]),
        ('{"\\u001b[31m\\n": 1}', ["[31m: The sheet catalyst does not ask this"]),
        # rows
        ('{"candidates": {"what": "x"}}', ["candidates", "a list of rows", "x"]),
        (CANDIDATES % '{}, "x"', ["candidates row 2", "not x"]),
        (CANDIDATES % '{"id": "A b"}', ["candidates row 1", "A b"]),
        (CANDIDATES % '{"id": "a"}, {"id": "a"}', ["row id a", "twice"]),
        (CANDIDATES % ", ".join(["{}"] * 13), ["candidates", "13", "12"]),
        ('{"chosen": "nobody"}', ["chosen", "nobody"]),
        # values
        ('{"first_step": "a", "first_step": "b"}', ["first_step", "twice"]),
        (CANDIDATES % '{"urgent": "yes", "urgent": "no"}', ["urgent", "twice"]),
        (CANDIDATES % '{"urgent": "maybe"}', ["row 1, urgent", "yes, partly, no", "maybe"]),
        (CANDIDATES % '{"urgent": true}', ["row 1, urgent", "true"]),
        (CANDIDATES % '{"what": NaN}', ["row 1, what", "NaN"]),
        (CANDIDATES % '{"what": ["x"]}', ["row 1, what", "text"]),
        (CANDIDATES % ('{"what": "%s"}' % ("x" * 999)), ["row 1, what", "999", "240"]),
        (CANDIDATES % '{"by_when": "2026-02-30"}', ["row 1, by_when", "2026-02-30"]),
        (CANDIDATES % '{"by_when": "30.02.2026"}', ["row 1, by_when", "30.02.2026"]),
        (CANDIDATES % '{"by_when": 20260331}', ["row 1, by_when", "20260331"]),
    ],
)
def test_a_bad_answer_file_gets_one_sentence(answers, playbook_home, content, said):
    for options in ([], ["--json"]):
        sentence = refused(run("assess", "catalyst", answers(content), *options))
        assert sentence.startswith("playbook: answers.json: ")
        for part in said:
            assert part in sentence
        assert "\x1b" not in sentence
    assert not playbook_home.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("first_step = ", "TOML"),
        ('first_step = "a"\nfirst_step = "b"', "TOML"),
        ("[[candidates]]\nby_when = 2026-02-30", "line 2"),
        ("[[candidates]]\nby_when = 07:00:00", "by_when"),
        ("first_step_date = nan", "NaN"),
    ],
)
def test_so_does_a_bad_one_in_toml(answers, content, said):
    assert said in refused(run("assess", "catalyst", answers(content, "a.toml")))


def test_a_byte_order_mark_and_another_name_do_no_harm(answers):
    for file in (answers(b"\xef\xbb\xbf" + json.dumps(GOOD).encode()), answers(GOOD, "mine")):
        assert run("assess", "catalyst", file).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["assess", "catalyst", "/does/not/exist.json"], ["exist.json", "No such file"]),
        (["assess", "catalyst", "/"], ["directory"]),
        (["assess", "catalyst"], ["catalyst is no folder", "a sheet and its file"]),
        (["assess", "catalist", "/"], ["catalist", "did you mean catalyst?"]),
        (["questions", "Champion"], ["did you mean champion?"]),
        (["questions", "\x1b[31m" + "x" * 99], ["x…", "zoom_out"]),
        (["questions", "catalyst", "more"], ["more", "playbook questions --help"]),
        (["sheets", "--jsn"], ["--jsn", "--json"]),
        (["coverage", "CAT-04"], ["CAT-04", "playbook coverage --help"]),
        (["where", "home"], ["home"]),
        (["notebooks", "/dev/null/x"], ["/dev/null/x", "Not a directory"]),
        (["serve", "--port", "0"], ["--port", "1<=x<=65535"]),
        (["serve", "--lan"], ["--lan", "--cohort"]),
        (["rehearse", "--people", "many"], ["--people", "many"]),
        (["rehearse", "--programme", "x"], ["programme 'x'", "recognise_half_day"]),
        (["rehearse", "--programme", "x", "--case", "alcoa"], ["--programme", "--case"]),
        (["backup", "--file", "/"], ["--file", "directory"]),
        (["restore"], ["BACKUP"]),
        (["migrate", "--file", "/does/not/exist"], ["/does/not/exist"]),
        (["export-all"], ["TO"]),
        (["import-all", "/does/not/exist"], ["/does/not/exist", "No such file"]),
        (["cohort", "people"], ["ID", "playbook cohort people --help"]),
        (["cohort", "new", "A", "--trainer", "Ann"], ["--host"]),
        (["cohort", "fly"], ["fly", "playbook cohort --help"]),
        (["shets"], ["did you mean 'sheets'?"]),
        (["--nope"], ["--nope", "playbook --help"]),
    ],
)
def test_bad_arguments_get_one_sentence_from_every_command(playbook_home, arguments, said):
    sentence = refused(run(*arguments))
    for part in said:
        assert part.casefold() in sentence.casefold()
    assert "\x1b" not in sentence
    assert not playbook_home.exists()


def test_a_day_that_is_none_is_refused(answers):
    sentence = refused(run("assess", "catalyst", answers(GOOD), "--today", "2026-02-30"))
    assert "--today" in sentence
    assert "2026-02-30" in sentence


def started(*arguments, **streams):
    command = [sys.executable, "-m", "playbook.cli.main", *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, **streams)


def test_who_reads_no_further_hears_nothing():
    with started("coverage", stdout=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_is_one_sentence():
    with (
        Path("/dev/full").open("w", encoding="utf-8") as full,
        started("sheets", "--json", stdout=full) as process,
    ):
        said = process.stderr.read()
        assert process.wait() == 2
    assert said == "playbook: The output can't be read or written: No space left on device.\n"


def test_coverage_is_true_and_counts_every_row():
    result = run("coverage", "--json")
    rows = json.loads(result.stdout)
    assert result.exit_code == 0, result.stderr
    assert len(rows) > 500
    by_id = {row["id"]: row for row in rows}
    assert by_id["CAT-04"]["status"] == "built"
    assert any("catalyst" in place for place in by_id["CAT-04"]["where"])
    assert by_id["CAT-04"]["tests"]
    assert all(row["left_to"] for row in rows if row["status"] == "later")


def test_where_names_the_data_folder(playbook_home):
    assert json.loads(run("where", "--json").output)["data"] == str(playbook_home)


def test_notebooks_are_copied_out_and_nothing_is_overwritten(tmp_path):
    folder = tmp_path / "mine"
    assert run("notebooks", folder).exit_code == 0
    assert (folder / "02_catalyst.ipynb").exists()
    again = run("notebooks", folder)
    assert again.exit_code == 2
    assert "already" in again.output
