"""`python bootstrap.py bench`: the peers are installed beside the playbook, or left out."""

from pathlib import Path

import pytest

import bootstrap


@pytest.fixture
def handed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str | Path, ...]]:
    """What bench hands over to, on a machine where the playbook itself is set up."""
    commands: list[tuple[str | Path, ...]] = []
    monkeypatch.setattr(bootstrap, "set_up", lambda: None)
    monkeypatch.setattr(bootstrap, "ensure_browser", lambda: None)
    monkeypatch.setattr(bootstrap, "hand_over", lambda *command: commands.append(command))
    monkeypatch.setattr(bootstrap, "PEERS", tmp_path / "peers")
    return commands


def test_the_peers_come_from_their_own_lock_into_their_own_environment(
    handed: list[tuple[str | Path, ...]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    steps: list[str] = []

    def run_step(_: str, *command: str | Path) -> None:
        steps.append(" ".join(map(str, command)))
        (tmp_path / "peers").mkdir(exist_ok=True)

    monkeypatch.setattr(bootstrap, "run_step", run_step)
    bootstrap.bench(["cohorts"])
    bootstrap.bench(["cohorts"])
    assert len(steps) == 2  # once is enough
    assert steps[0].endswith(f"-m venv --clear {tmp_path / 'peers'}")
    assert steps[1].startswith(str(tmp_path / "peers"))
    assert steps[1].endswith(f"--require-hashes -r {bootstrap.PEERS_LOCK}")
    assert handed == [(bootstrap.PYTHON, "-m", "benchmarks", "cohorts")] * 2


def test_without_the_peers_the_rest_is_measured(
    handed: list[tuple[str | Path, ...]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run_step(what: str, *_: str | Path) -> None:
        raise bootstrap.BootstrapError(f"Set-up stopped at {what}.")

    monkeypatch.setattr(bootstrap, "run_step", run_step)
    bootstrap.bench([])
    assert "Going on without Panel, Solara and Streamlit." in capsys.readouterr().out
    assert handed == [(bootstrap.PYTHON, "-m", "benchmarks")]


def test_every_line_of_the_lock_has_hashes_and_names_no_place() -> None:
    text = bootstrap.PEERS_LOCK.read_text(encoding="utf-8")
    pins = text.count("==")
    assert pins > 100
    assert text.count("--hash=sha256:") > pins / 2
    assert "://" not in text
