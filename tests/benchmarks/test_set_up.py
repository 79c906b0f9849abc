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
    monkeypatch.setattr(bench, "GROUP_PEERS", tmp_path / "groups")
    monkeypatch.setattr(environment, "BIN", tmp_path / "no uv")
    monkeypatch.setattr(sys, "argv", ["bench.py", "cohorts"])
    return commands


def test_the_peers_come_from_their_own_lock_into_their_own_environment(
    handed: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    steps: list[str] = []

    def run_step(_: str, *command: str | Path) -> None:
        steps.append(" ".join(map(str, command)))
        for place in ("peers", "groups"):
            (tmp_path / place).mkdir(exist_ok=True)

    monkeypatch.setattr(environment, "run_step", run_step)
    bench.main()
    bench.main()
    assert len(steps) == 4  # once is enough
    for place, lock in (("peers", bench.PEERS_LOCK), ("groups", bench.GROUP_PEERS_LOCK)):
        made, installed, *steps = steps
        assert made.endswith(f"-m venv --clear {tmp_path / place}")
        assert installed.startswith(str(tmp_path / place))
        assert installed.endswith(f"--require-hashes --requirement {lock}")
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
    told = capsys.readouterr().out
    assert "Going on without Panel, Solara and Streamlit." in told
    assert "Going on without other group makers." in told
    assert handed == [("python", "-m", "benchmarks", "cohorts")]


@pytest.mark.parametrize(
    ("lock", "most"),
    [(bench.PEERS_LOCK, 100), (bench.GROUP_PEERS_LOCK, 10)],
    ids=["pages", "groups"],
)
def test_every_line_of_the_lock_has_hashes_and_names_no_place(lock: Path, most: int) -> None:
    text = lock.read_text(encoding="utf-8")
    pins = text.count("==")
    assert pins > most
    assert text.count("--hash=sha256:") > pins / 2
    assert "://" not in text
