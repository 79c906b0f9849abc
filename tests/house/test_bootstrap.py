import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from scripts.environment import SetUpError


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
    assert bootstrap.COMMANDS["check"] == bootstrap.COMMANDS["test"]


def test_a_command_is_handed_over_with_its_words_once_all_is_set_up(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[object] = []
    monkeypatch.setenv("PATH", "elsewhere")
    monkeypatch.setattr(bootstrap, "set_up", lambda: done.append("set up"))
    monkeypatch.setattr(bootstrap.os, "chdir", done.append)
    monkeypatch.setattr(bootstrap, "hand_over", lambda *words: done.append(words))
    bootstrap.main(["lab", "--port", "8899"])
    lab = ("python", "-m", "jupyterlab", "notebooks", "--port", "8899")
    assert done == [root, "set up", lab]
    assert os.environ["PATH"] == f"{bootstrap.BIN}{os.pathsep}elsewhere"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no exec")
def test_the_program_of_the_environment_takes_this_ones_place() -> None:
    """So Ctrl+C and a service manager's signals reach it, and its exit code is the command's."""
    code = (
        "import bootstrap, os; print(os.getpid(), flush=True); bootstrap.hand_over('python', *{})"
    )
    words = ["-c", "import os, sys; print(os.getpid()); sys.exit(7)"]
    run = subprocess.run(
        [sys.executable, "-c", code.format(words)],
        cwd=bootstrap.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    before, after = run.stdout.split()
    assert before == after
    assert run.returncode == 7


def test_every_command_is_a_program_or_a_script_that_is_there(root: Path) -> None:
    for command in bootstrap.COMMANDS.values():
        program, *words = command.split()
        assert shutil.which(program, path=Path(sys.executable).parent), command
        assert all((root / word).is_file() for word in words if word.endswith(".py")), command


def test_set_up_is_done_again_only_when_a_file_or_its_name_changes(
    tmp_path: Path,
) -> None:
    done: list[str] = []
    one, other = tmp_path / "one.txt", tmp_path / "other.txt"

    def set_up(path: Path) -> int:
        bootstrap.once("packages", [path], lambda: done.append("again"), tmp_path)
        return len(done)

    one.write_text("a")
    assert [set_up(one), set_up(one)] == [1, 1]
    one.write_text("b")
    assert [set_up(one), set_up(one)] == [2, 2]
    one.rename(other)
    assert [set_up(other), set_up(other)] == [3, 3]


def test_a_set_up_that_failed_is_tried_again(tmp_path: Path) -> None:
    def fail() -> None:
        raise SetUpError("no network")

    for _ in range(2):
        with pytest.raises(SetUpError, match="no network"):
            bootstrap.once("packages", [], fail, tmp_path)


def test_a_folder_that_cannot_be_written_is_in_the_way_of_a_set_up_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "lock"
    other.write_text("newer")
    bootstrap.once("packages", [], lambda: None, tmp_path)
    monkeypatch.setattr(bootstrap.os, "access", lambda *_: False)
    bootstrap.once("packages", [], lambda: pytest.fail("done again"), tmp_path)
    with pytest.raises(SetUpError, match="can't be written to: copy the playbook to a folder"):
        bootstrap.once("packages", [other], lambda: pytest.fail("done all the same"), tmp_path)


def test_a_changed_template_or_project_file_means_to_install_anew(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: dict[str, list[str]] = {}

    def once(what: str, files: list[Path], _: object) -> None:
        read[what] = [path.relative_to(bootstrap.ROOT).as_posix() for path in files]

    monkeypatch.setattr(bootstrap, "once", once)
    bootstrap.set_up()
    assert read["packages"] == ["requirements.lock"]
    assert {"pyproject.toml", "hatch_build.py"} < set(read["project"])
    for folder in ("playbook/server/http/template/", "playbook/look/"):
        assert any(name.startswith(folder) for name in read["project"])


def test_a_wheelhouse_of_an_older_lock_is_gone_before_anything_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = tmp_path / "house"
    house.mkdir()
    monkeypatch.setattr(bootstrap, "WHEELHOUSE", house)
    monkeypatch.setattr(
        bootstrap, "set_up", lambda: pytest.fail("too late") if house.exists() else None
    )
    monkeypatch.setattr(bootstrap, "hand_over", print)
    monkeypatch.chdir(tmp_path)
    bootstrap.main(["wheelhouse"])


def test_ci_runs_the_command_of_the_readme(root: Path) -> None:
    script = root / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "exec make test"
    assert "make test" in (root / "README.md").read_text()
