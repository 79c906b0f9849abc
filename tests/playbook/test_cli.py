"""The command line as scripts and other people's notebooks rely on it."""

import json

import pytest
from click.testing import CliRunner

from playbook.cli import main
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
        path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
        return path

    return write


def test_sheets_lists_all_tiles_and_says_which_are_built():
    listed = json.loads(run("sheets", "--json").output)
    assert [sheet["id"] for sheet in listed] == load_framework().order
    assert {sheet["id"] for sheet in listed if sheet["built"]} == set(load_framework().sheets)
    assert {sheet["stage"] for sheet in listed} == {"recognise", "create", "act"}


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
    assert "Says who:" in result.output


@pytest.mark.parametrize(
    ("arguments", "content", "said"),
    [
        (
            ["assess", "catalyst"],
            '{"candidates": [{"urgent": "maybe"}]}',
            ["answers.json", "urgent", "maybe"],
        ),
        (["assess", "catalyst"], '{"candidates": [{"urgnt": "yes"}]}', ["answers.json", "urgnt"]),
        (["assess", "catalyst"], "{", ["answers.json", "JSON"]),
        (["assess", "catalyst"], "[" * 100_000, ["answers.json", "JSON"]),
        (["assess", "catalyst"], '{"a": NaN}', ["answers.json", "a"]),
        (["assess", "catalyst"], "3", ["answers.json"]),
        (["assess", "capacity"], "{}", ["capacity", "not built yet"]),
        (["assess", "nothing"], "{}", ["nothing", "catalyst"]),
        (["assess", "catalyst", "--today", "soon"], "{}", ["--today", "soon"]),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(answers, arguments, content, said):
    command, sheet, *options = arguments
    result = run(command, sheet, answers(content), *options)
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    for part in said:
        assert part in result.output


@pytest.mark.parametrize(
    "arguments",
    [
        ["questions", "nothing"],
        ["assess", "catalyst", "/does/not/exist.json"],
        ["serve", "--port", "0"],
        ["fly"],
    ],
)
def test_bad_arguments_exit_with_2_and_no_traceback(arguments):
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


def test_coverage_is_true_and_counts_every_row():
    result = run("coverage", "--json")
    rows = json.loads(result.stdout)
    assert result.exit_code == 0, result.stderr
    assert len(rows) > 500
    by_id = {row["id"]: row for row in rows}
    assert by_id["CAT-04"]["status"] == "built"
    assert any("catalyst" in place for place in by_id["CAT-04"]["where"])
    assert by_id["CAT-04"]["tests"]
    assert all(row["status"] == "later" for row in rows if row["id"].startswith("SUP-"))


def test_where_names_the_data_folder(playbook_home):
    assert json.loads(run("where", "--json").output)["data"] == str(playbook_home)


def test_notebooks_are_copied_out_and_nothing_is_overwritten(tmp_path):
    folder = tmp_path / "mine"
    assert run("notebooks", folder).exit_code == 0
    assert (folder / "02_catalyst.ipynb").exists()
    again = run("notebooks", folder)
    assert again.exit_code == 2
    assert "already" in again.output
