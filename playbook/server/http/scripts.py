"""The scripts that the server puts together: the client of its pages."""

from __future__ import annotations

from pathlib import Path

from playbook.server.http.assets import BuiltFiles
from widgets.assets import bundle

CLIENT = Path(__file__).with_name("client") / "main.js"


def built_scripts() -> BuiltFiles:
    """client.js: what draws a notebook's widgets (client/)."""
    return BuiltFiles({"client.js": bundle(CLIENT.read_text(encoding="utf-8"), CLIENT)})
