"""`playbook prepare`: the papers of a class as files."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from playbook.cli import prepare as module
from playbook.cli.main import main

WHEN = ("--day", "2 December 2026", "--start", "13:30")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that are made at once, and say what they are."""
    from dataclasses import replace

    from playbook.kit import files

    made = files.kit_files
    monkeypatch.setattr(
        files,
        "kit_files",
        lambda kit: [replace(it, make=lambda it=it: it.title.encode()) for it in made(kit)],
    )


def run(*given: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["prepare", *given])
    return done.exit_code, done.output


def test_without_a_course_it_lists_them() -> None:
    code, told = run()
    assert code == 0
    assert "half_day_and_pilot: Half a day, four weeks, review (210 + 90 minutes, 20" in told
    found = {it["id"]: it["minutes"] for it in json.loads(run("--json")[1])}
    assert found["first_days"] == [300, 340]


@pytest.mark.usefixtures("quick")
def test_it_writes_every_file_into_a_folder(tmp_path: Path) -> None:
    case = ("--case", "alcoa:80")
    code, told = run("ninety_minutes", *WHEN, *case, "--into", str(tmp_path / "new"))
    assert (code, told.splitlines()[0]) == (0, "90 minutes, 2 December 2026, 13:30 to 15:00")
    paths = {it.relative_to(tmp_path / "new").as_posix() for it in tmp_path.rglob("*.*")}
    assert {"trainer/run-of-show.pdf", "learners/handouts/case-1-step-9.pdf"} <= paths
    assert told.splitlines()[1].startswith(f"{len(paths)} files: ")


@pytest.mark.usefixtures("quick")
def test_a_zip_holds_the_same_files(tmp_path: Path) -> None:
    archive = tmp_path / "wednesday.zip"
    run("half_day", *WHEN, "--into", str(archive), "--venue", "remote")
    code, listed = run("half_day", *WHEN, "--into", str(tmp_path), "--venue", "remote", "--json")
    assert code == 0
    with ZipFile(archive) as found:
        assert found.namelist() == [it["path"] for it in json.loads(listed)]
        assert found.read("trainer/run-of-show.pdf") == b"Run of show"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((), "--into says where the papers go"),
        (("--into", "x", "--day", "someday"), "takes a date such as 31 March 2027"),
        (("--into", "x"), "Please enter the day of the class"),
        (("--into", "x", *WHEN, "--case", "alcoa:20"), "this programme has 80 for them"),
    ],
)
def test_what_is_wrong_is_one_sentence(given: tuple[str, ...], told: str) -> None:
    code, said = run("ninety_minutes", *given)
    assert code == 2
    assert told in said


@pytest.mark.usefixtures("quick")
def test_a_folder_that_can_t_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    _, said = run("ninety_minutes", *WHEN, "--into", str(tmp_path / "file"))
    assert "can't be written" in said
    assert module.prepare.name == "prepare"
