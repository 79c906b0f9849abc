"""Packages come from where pip was told, by uv or by pip, and only with the right hash."""

from __future__ import annotations

import hashlib
import http.server
import subprocess
import sys
import sysconfig
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import environment
from scripts.environment import SetUpError

WHEEL = "playbook_trial-1.0-py3-none-any.whl"
FILES = {
    "playbook_trial.py": "",
    "playbook_trial-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: playbook-trial\n"
    "Version: 1.0\n",
    "playbook_trial-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\n"
    "Root-Is-Purelib: true\nTag: py3-none-any\n",
    "playbook_trial-1.0.dist-info/RECORD": "playbook_trial.py,,\n"
    "playbook_trial-1.0.dist-info/METADATA,,\nplaybook_trial-1.0.dist-info/WHEEL,,\n"
    "playbook_trial-1.0.dist-info/RECORD,,\n",
}


class Index(http.server.ThreadingHTTPServer):
    """A company's index with one package; it notes which programs asked, and refuses some."""

    def __init__(self, folder: Path) -> None:
        self.wheel = folder / WHEEL
        with zipfile.ZipFile(self.wheel, "w") as archive:
            for name, text in FILES.items():
                archive.writestr(name, text)
        self.asked: set[str] = set()
        self.refused: set[str] = set()
        super().__init__(("127.0.0.1", 0), Answer)
        self.address = f"http://127.0.0.1:{self.server_port}/simple"


class Answer(http.server.BaseHTTPRequestHandler):
    server: Index

    def do_GET(self) -> None:
        program = self.headers["User-Agent"].partition("/")[0]
        self.server.asked.add(program)
        page = f'<a href="/{WHEEL}">{WHEEL}</a>'.encode()
        answers = {"/simple/playbook-trial/": page, f"/{WHEEL}": self.server.wheel.read_bytes()}
        body = answers.get(self.path)
        self.send_response(403 if program in self.server.refused else 200 if body else 404)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body or b"")

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """Where pip's configuration file says that packages are, on a machine with no other source."""
    for name in ("PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX"):
        monkeypatch.delenv(name, raising=False)
    with Index(tmp_path) as index:
        threading.Thread(target=index.serve_forever, daemon=True).start()
        settings = tmp_path / "pip.conf"
        settings.write_text(f"[global]\nindex-url = {index.address}\ntrusted-host = 127.0.0.1\n")
        monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
        monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield index
        index.shutdown()


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty environment; uv is that of the environment that runs the tests."""
    monkeypatch.setattr(environment, "WHEELHOUSE", tmp_path / "wheelhouse")
    monkeypatch.setattr(environment, "BIN", Path(sys.executable).parent)
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(environment, "VENV", Path(sys.prefix))
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "place"], check=True)
    site = next((tmp_path / "place").rglob("site-packages"))
    site.joinpath("pip.pth").write_text(sysconfig.get_path("purelib"))  # pip is borrowed, too
    return tmp_path / "place"


def has_it(place: Path) -> bool:
    return any(place.rglob("playbook_trial.py"))


def lock_of(package: bytes, folder: Path) -> Path:
    lock = folder / "lock.txt"
    lock.write_text(f"playbook-trial==1.0 --hash=sha256:{hashlib.sha256(package).hexdigest()}\n")
    return lock


def test_uv_asks_the_index_that_pip_was_told(index: Index, place: Path, tmp_path: Path) -> None:
    lock = lock_of(index.wheel.read_bytes(), tmp_path)
    environment.install(place, "--require-hashes", "--requirement", lock)
    assert has_it(place)
    assert index.asked == {"uv"}


def test_what_uv_is_refused_pip_gets(
    index: Index, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    index.refused = {"uv"}
    environment.install(place, "playbook-trial==1.0")
    assert has_it(place)
    assert index.asked == {"uv", "pip"}
    assert "pip tries, which takes longer" in capsys.readouterr().out


def test_a_package_with_another_hash_is_refused_by_both(
    index: Index, place: Path, tmp_path: Path
) -> None:
    lock = lock_of(b"another", tmp_path)
    with pytest.raises(SetUpError, match=r"stopped at pip install.* needs a network"):
        environment.install(place, "--require-hashes", "--requirement", lock)
    assert index.asked == {"uv", "pip"}
    assert not has_it(place)


def test_with_a_wheelhouse_nobody_else_is_asked(index: Index, place: Path, tmp_path: Path) -> None:
    house = tmp_path / "wheelhouse"
    house.mkdir()
    with pytest.raises(SetUpError, match="a wheelhouse/ that has everything and fits this Python"):
        environment.install(place, "playbook-trial==1.0")
    index.wheel.rename(house / WHEEL)
    environment.install(place, "playbook-trial==1.0")
    assert has_it(place)
    assert index.asked == set()


@pytest.mark.usefixtures("place")
def test_what_stands_in_the_environment_counts_before_pips_file(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert environment.for_uv()["UV_DEFAULT_INDEX"] == index.address
    monkeypatch.setenv("PIP_INDEX_URL", "https://mirror.example/simple")
    monkeypatch.setenv("PIP_CERT", "/etc/company.pem")
    told = environment.for_uv()
    assert told["UV_DEFAULT_INDEX"] == "https://mirror.example/simple"
    assert told["SSL_CERT_FILE"] == "/etc/company.pem"


def test_uv_itself_comes_first_and_with_its_hashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[list[str]] = []

    def run_step(_: str, *command: str | Path) -> None:
        steps.append([str(word) for word in command])
        tmp_path.joinpath("venv").mkdir(exist_ok=True)

    monkeypatch.setattr(environment, "VENV", tmp_path / "venv")
    monkeypatch.setattr(environment, "BIN", tmp_path / "venv" / "bin")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "venv" / "bin" / "python")
    monkeypatch.setattr(environment, "run_step", run_step)
    environment.make(tmp_path / "venv", environment.LOCK)
    made, got_uv, rest = steps
    assert made[1:] == ["-m", "venv", "--clear", str(tmp_path / "venv")]
    assert got_uv[-3:] == ["--require-hashes", "--requirement", str(tmp_path / "venv" / "uv.txt")]
    assert rest[-3:] == ["--require-hashes", "--requirement", str(environment.LOCK)]
    pin, *hashes = Path(got_uv[-1]).read_text().splitlines()
    assert pin in environment.LOCK.read_text().splitlines()
    assert pin.startswith("uv==")
    assert len([line for line in hashes if line.startswith("    --hash=sha256:")]) > 10


def test_a_python_without_venv_gets_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda _: None)
    with pytest.raises(SetUpError, match=r"without venv and pip.*apt-get install python3-venv"):
        environment.make(tmp_path / "venv", environment.LOCK)


def test_problems_end_in_a_sentence_and_exit_code_1(capsys: pytest.CaptureFixture[str]) -> None:
    def fails() -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(SystemExit, match="1"):
        environment.ending_in_a_sentence(fails)
    assert capsys.readouterr().out == "[playbook] [Errno 28] No space left on device\n"
