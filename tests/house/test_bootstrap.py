import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from bootstrap import BootstrapError, Part


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where set-up has nothing left to do."""
    monkeypatch.setattr(bootstrap, "set_up", lambda: None)
    monkeypatch.setattr(bootstrap, "ensure_browser", lambda: None)
    monkeypatch.setattr(bootstrap, "PYTHON", sys.executable)


def test_an_unknown_command_is_one_line_with_the_known_ones_and_exit_code_2(root: Path) -> None:
    run = subprocess.run(
        [sys.executable, "bootstrap.py", "tset"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert run.stdout.splitlines() == [f"[playbook] {bootstrap.USAGE}"]
    assert all(command in bootstrap.USAGE for command in bootstrap.COMMANDS)


def test_the_tests_take_no_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        bootstrap.test(["tests/house"])
    assert "take no arguments" in capsys.readouterr().out


def test_an_old_python_gets_a_sentence(root: Path) -> None:
    source = (root / "bootstrap.py").read_text()
    ast.parse(source, feature_version=(3, 6))  # it must get as far as the sentence
    code = "import sys, runpy; sys.version_info = (3, 8, 18); runpy.run_path('bootstrap.py')"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert "needs Python 3.11 or newer and this is 3.8" in run.stderr
    assert "Traceback" not in run.stderr


def test_make_hands_every_command_to_bootstrap(root: Path) -> None:
    for command in bootstrap.COMMANDS:
        dry_run = subprocess.run(
            ["make", "--dry-run", command], cwd=root, capture_output=True, text=True, check=True
        )
        assert f"bootstrap.py {command}" in dry_run.stdout


def test_check_is_what_test_and_ci_run() -> None:
    assert bootstrap.COMMANDS["check"] is bootstrap.COMMANDS["test"]


def test_set_up_is_done_again_only_when_a_file_or_its_name_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    done: list[str] = []
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"

    def set_up(path: Path) -> int:
        bootstrap.once("packages", lambda: done.append("again"), [path])
        return len(done)

    one.write_text("a")
    assert [set_up(one), set_up(one)] == [1, 1]
    one.write_text("b")
    assert [set_up(one), set_up(one)] == [2, 2]
    one.rename(other)
    assert [set_up(other), set_up(other)] == [3, 3]


def test_a_set_up_that_failed_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)

    def fail() -> None:
        raise BootstrapError("no network")

    for _ in range(2):
        with pytest.raises(BootstrapError, match="no network"):
            bootstrap.once("packages", fail, [])


def test_a_folder_that_cannot_be_written_is_in_the_way_of_a_set_up_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    bootstrap.once("packages", lambda: None, [])
    monkeypatch.setattr(bootstrap.os, "access", lambda *_: False)
    bootstrap.once("packages", lambda: pytest.fail("done again"), [])
    with pytest.raises(BootstrapError, match="can't be written to: copy the playbook to a folder"):
        bootstrap.once("packages", lambda: pytest.fail("done all the same"), [], "something new")


@pytest.mark.usefixtures("prepared")
@pytest.mark.parametrize("code", [0, 1])
def test_a_wheelhouse_is_whole_or_not_there(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set-up takes packages from it alone once it is there, and says so when that fails."""
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "WHEELHOUSE", tmp_path / "house")
    (tmp_path / "house").mkdir()  # of an older lock

    def download(command: list[str | Path], **_: object) -> subprocess.CompletedProcess[str]:
        folder = Path(command[command.index("--dest") + 1])
        folder.mkdir()  # pip makes it before it looks for the first package
        (folder / "one.whl").touch()
        return subprocess.CompletedProcess([], code)

    monkeypatch.setattr(bootstrap.subprocess, "run", download)
    if code:
        with pytest.raises(BootstrapError, match=r"stopped at pip download.* needs a network"):
            bootstrap.wheelhouse([])
        assert not (tmp_path / "house").exists()
    else:
        bootstrap.wheelhouse([])
        assert [path.name for path in (tmp_path / "house").iterdir()] == ["one.whl"]


@pytest.mark.usefixtures("prepared")
def test_the_tests_stop_at_the_first_part_that_fails_and_name_the_rest(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    commands = {"good": "this", "bad": "no_such_module", "left": "this", "last": "this"}
    parts = tuple(Part(name, command, "tests") for name, command in commands.items())
    monkeypatch.setattr(bootstrap, "PARTS", parts)
    with pytest.raises(BootstrapError, match=r"FAILED: bad .* Not run after it: left, last\."):
        bootstrap.test([])
    assert "[playbook] left" not in capfd.readouterr().out


@pytest.mark.usefixtures("prepared")
def test_parts_with_nothing_to_run_are_named_at_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = (Part("good", "this", "tests"), Part("moon", "this", "moon/*.ipynb"))
    monkeypatch.setattr(bootstrap, "PARTS", parts)
    bootstrap.test([])
    end = capsys.readouterr().out.splitlines()[-2:]
    assert "All passed" in end[0]
    assert end[0].endswith(": good.")
    assert end[1].endswith("nothing to run yet: moon (moon/*.ipynb).")


def test_the_browser_named_in_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_CHROMIUM", sys.executable)
    assert bootstrap.find_browser() == sys.executable


def test_a_browser_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_CHROMIUM", "/no/such/chromium")
    with pytest.raises(BootstrapError, match="names /no/such/chromium, and there is no such"):
        bootstrap.find_browser()


def test_without_a_browser_the_sentence_has_the_command_for_this_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PLAYBOOK_CHROMIUM", raising=False)
    monkeypatch.setattr(bootstrap, "BROWSERS", ())
    monkeypatch.setattr(bootstrap, "distribution", lambda: "Darwin")
    with pytest.raises(BootstrapError, match="brew install --cask chromium"):
        bootstrap.ensure_browser()


def test_ci_runs_the_command_of_the_readme(root: Path) -> None:
    script = root / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "exec make test"
    assert "make test" in (root / "README.md").read_text()
