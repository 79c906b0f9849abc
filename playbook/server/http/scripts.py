"""The scripts and styles that the server puts together: its pages' client, the widgets' parts."""

from __future__ import annotations

from pathlib import Path

from playbook.server.http.assets import BuiltFiles
from widgets.assets import bundle, parts

CLIENT = Path(__file__).with_name("client") / "main.js"


def built_scripts() -> BuiltFiles:
    """client.js, which draws a notebook's widgets (client/), and what widgets.assets.parts says."""
    client = bundle(CLIENT.read_text(encoding="utf-8"), CLIENT)
    return BuiltFiles({"client.js": client, **parts()})
