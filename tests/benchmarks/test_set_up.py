"""`python bootstrap.py bench`: the peers are installed beside the playbook, or left out."""

import sys
from pathlib import Path

import pytest

from scripts import bench, environment


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, ...]]:
    """What bench hands over to, on a machine where the playbook itself is set up."""
    commands: list[tuple[str, ...]] = []
    monkeypatch.setattr(bench, "ensure_browser", lambda: None)
    monkeypatch.setattr(bench, "hand_over", lambda *command: commands.append(command))
    monkeypatch.setattr(bench, "PEERS", tmp_path / "peers")
    monkeypatch.setattr(environment, "BIN", tmp_path / "no uv")
    monkeypatch.setattr(sys, "argv", ["bench.py", "cohorts"])
    return commands


def test_the_peers_come_from_their_own_lock_into_their_own_environment(
    handed: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    steps: list[str] = []

    def run_step(_: str, *command: str | Path) -> None:
        steps.append(" ".join(map(str, command)))
        (tmp_path / "peers").mkdir(exist_ok=True)

    monkeypatch.setattr(environment, "run_step", run_step)
    bench.main()
    bench.main()
    assert len(steps) == 2  # once is enough
    assert steps[0].endswith(f"-m venv --clear {tmp_path / 'peers'}")
    assert steps[1].startswith(str(tmp_path / "peers"))
    assert steps[1].endswith(f"--require-hashes --requirement {bench.PEERS_LOCK}")
    assert handed == [("python", "-m", "benchmarks", "cohorts")] * 2


def test_without_the_peers_the_rest_is_measured(
    handed: list[tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run_step(what: str, *_: str | Path) -> None:
        raise environment.SetUpError(f"Set-up stopped at {what}.")

    monkeypatch.setattr(environment, "run_step", run_step)
    bench.main()
    assert "Going on without Panel, Solara and Streamlit." in capsys.readouterr().out
    assert handed == [("python", "-m", "benchmarks", "cohorts")]


def test_every_line_of_the_lock_has_hashes_and_names_no_place() -> None:
    text = bench.PEERS_LOCK.read_text(encoding="utf-8")
    pins = text.count("==")
    assert pins > 100
    assert text.count("--hash=sha256:") > pins / 2
    assert "://" not in text
