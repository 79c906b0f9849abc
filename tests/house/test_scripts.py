"""What bootstrap.py hands over to: the tests' parts, the browser, the wheelhouse."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import browser, check, environment, wheelhouse
from scripts.check import Check
from scripts.environment import SetUpError


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests that are started without a word, on a machine with a browser."""
    monkeypatch.setattr(check, "ensure_browser", lambda _: None)
    monkeypatch.setattr(check, "PYTHON", sys.executable)
    monkeypatch.setattr(sys, "argv", ["check.py"])


def test_the_tests_take_no_arguments(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["check.py", "tests/house"])
    with pytest.raises(SystemExit, match="2"):
        check.main()
    assert "take no arguments" in capsys.readouterr().out


@pytest.mark.usefixtures("prepared")
def test_the_tests_stop_at_the_first_part_that_fails_and_name_the_rest(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    commands = {"good": "this", "bad": "no_such_module", "left": "this", "last": "this"}
    monkeypatch.setattr(check, "CHECKS", tuple(Check(*part) for part in commands.items()))
    with pytest.raises(SetUpError, match=r"FAILED: bad .* Not run after it: left, last\."):
        check.main()
    assert "[playbook] left" not in capfd.readouterr().out


@pytest.mark.usefixtures("prepared")
def test_when_all_have_passed_they_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "CHECKS", (Check("one", "this"), Check("other", "this")))
    check.main()
    assert capsys.readouterr().out.splitlines()[-1].endswith(" s: one, other.")


def test_the_timed_part_looks_where_timed_tests_are() -> None:
    (part,) = (one for one in check.CHECKS if one.name == "timed tests")
    asked = [word for word in part.command.split() if word.startswith("tests/")]
    marked = ".mark" + ".timed"
    files = [it for it in Path("tests").rglob("test_*.py") if marked in it.read_text("utf-8")]
    assert {it.parent.as_posix().split("/")[1] for it in files} == {it[6:] for it in asked}


@pytest.mark.usefixtures("prepared")
@pytest.mark.parametrize(("words", "depth"), [(["soak"], "1"), (["soak", "dry"], "dry")])
def test_a_soak_runs_its_own_parts_and_tells_them_so(
    words: list[str],
    depth: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["check.py", *words])
    monkeypatch.setattr(check, "CHECKS", (Check("short", "no_such_module"),))
    told = """timeit -n1 -r1 'import os; print("told:", os.environ["PLAYBOOK_SOAK"])'"""
    monkeypatch.setattr(check, "SOAK_CHECKS", (Check("long", told),))
    check.main()
    assert f"told: {depth}" in capfd.readouterr().out


def test_the_browser_named_in_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_CHROMIUM", sys.executable)
    assert browser.find_browser() == sys.executable


def test_a_browser_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLAYBOOK_CHROMIUM", "/no/such/chromium")
    with pytest.raises(SetUpError, match="names /no/such/chromium, and there is no such"):
        browser.find_browser()


def test_the_tests_have_the_browser_without_windows_installed_and_take_it_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    there, asked = {"chromium": "/a/chromium"}, []
    monkeypatch.setenv("PLAYBOOK_CHROMIUM", "")
    monkeypatch.setattr(browser.shutil, "which", there.get)
    monkeypatch.setattr(browser, "install_browser", asked.append)
    browser.ensure_browser(browser.HEADLESS)
    assert os.environ["PLAYBOOK_CHROMIUM"] == "/a/chromium"  # it could not be installed
    assert asked == [browser.HEADLESS]
    monkeypatch.setenv("PLAYBOOK_CHROMIUM", "")
    there[browser.HEADLESS] = "/a/shell"
    assert browser.find_browser() == "/a/chromium"
    browser.ensure_browser(browser.HEADLESS)
    assert os.environ["PLAYBOOK_CHROMIUM"] == "/a/shell"
    assert asked == [browser.HEADLESS]


def test_without_a_browser_the_sentence_has_the_command_for_this_system(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PLAYBOOK_CHROMIUM", raising=False)
    monkeypatch.setattr(browser, "BROWSERS", ())
    monkeypatch.setattr(browser, "distribution", lambda: "Darwin")
    with pytest.raises(SetUpError, match="brew install --cask chromium"):
        browser.ensure_browser()


@pytest.mark.parametrize("code", [0, 1])
def test_a_wheelhouse_is_whole_or_not_there(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set-up takes packages from it alone once it is there, and says so when that fails."""
    for module in (wheelhouse, environment):
        monkeypatch.setattr(module, "WHEELHOUSE", tmp_path / "house")
    monkeypatch.setattr(wheelhouse, "VENV", tmp_path)
    monkeypatch.setattr(sys, "argv", ["wheelhouse.py"])

    def download(command: list[str | Path], **_: object) -> subprocess.CompletedProcess[str]:
        target = next(word for word in map(str, command) if word.startswith("--dest="))
        folder = Path(target.partition("=")[2])
        folder.mkdir()  # pip makes it before it looks for the first package
        (folder / "one.whl").touch()
        return subprocess.CompletedProcess([], code)

    monkeypatch.setattr(environment.subprocess, "run", download)
    if code:
        with pytest.raises(SetUpError, match=r"stopped at pip download.* needs a network"):
            wheelhouse.main()
        assert not (tmp_path / "house").exists()
    else:
        wheelhouse.main()
        assert [path.name for path in (tmp_path / "house").iterdir()] == ["one.whl"]
