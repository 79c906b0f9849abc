"""The scripts and styles that the server puts together: its pages' client, the widgets' parts."""

from __future__ import annotations

from pathlib import Path

from playbook.server.http.assets import BuiltFiles
from widgets.assets import bundle, parts

CLIENT = Path(__file__).with_name("client")


def built_scripts() -> BuiltFiles:
    """client.js, which draws a notebook's widgets (client/), what opens without a connection
    (offline.py), and what widgets.assets.parts says."""
    clients = {"client.js": CLIENT / "main.js", "offline.js": CLIENT / "offline.js"}
    return BuiltFiles({**{name: _bundled(path) for name, path in clients.items()}, **parts()})


def _bundled(path: Path) -> str:
    return bundle(path.read_text(encoding="utf-8"), path)
