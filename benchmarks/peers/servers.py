"""The peers' servers, each started as its own documentation says for many visitors."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from benchmarks.client import ROOT, Server

HERE = Path(__file__).parent
PYTHON = ROOT / ".venv-peers" / ("Scripts" if sys.platform == "win32" else "bin") / "python"


class PeerServer(Server):
    """A peer as a real process of its own, in the peers' environment."""

    def __init__(self, home: Path, module: str, *options: str, **environment: str) -> None:
        """`options`: what comes after `python -m module`; {port} stands for the port."""
        self.module = module
        super().__init__(home, HERE, *options, **environment)

    def _command(self) -> list[str]:
        options = (option.format(port=self.port) for option in self.options)
        return [str(PYTHON), "-m", self.module, *options]


def panel(folder: Path) -> Server:
    """`panel serve`; the script has run once before anybody comes."""
    app = ("serve", str(HERE / "panel_app.py"), "--warm")
    place = ("--address=127.0.0.1", "--port={port}", "--allow-websocket-origin=127.0.0.1:{port}")
    return PeerServer(folder / "home", "panel", *app, *place)


def solara(folder: Path) -> Server:
    """`solara run --production`."""
    app = ("run", str(HERE / "solara_app.py"), "--production", "--no-open")
    place = ("--host=127.0.0.1", "--port={port}")
    quiet = {"SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False"}
    return PeerServer(folder / "home", "solara", *app, *place, **quiet)


def streamlit(folder: Path) -> Server:
    """`streamlit run` without watching files."""
    app = ("run", str(HERE / "streamlit_app.py"), "--server.headless=true")
    place = ("--server.address=127.0.0.1", "--server.port={port}")
    quiet = ("--server.fileWatcherType=none", "--browser.gatherUsageStats=false")
    return PeerServer(folder / "home", "streamlit", *app, *place, *quiet)


def installed(package: str) -> str | None:
    """The version of a peer in the peers' environment; None where it can't be used."""
    code = f"import {package}; print({package}.__version__)"
    try:
        run = subprocess.run(
            [PYTHON, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT
        )
    except OSError:
        return None
    return run.stdout.strip() if run.returncode == 0 else None
