"""The one widget that draws pictures. It makes one only when a page asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from playbook.model.resources import vega_bundle
from widgets import assets
from widgets.cards import Card, Payload


class Chart(Card):
    """Draws one picture. The page asks for it once it is in sight; until then nothing is made.

    From the page: draw (make the picture now), bundle (send the script that draws, once a page).
    """

    _esm = assets.esm("charts/chart.js")
    _css = assets.css("charts/chart.css")

    def __init__(self) -> None:
        super().__init__()
        self._make: Callable[[], Payload] | None = None

    def show_later(self, make: Callable[[], Payload]) -> None:
        """Tell the page that there is something (new) to draw; `make` runs when it asks."""
        self._make = make
        self.send({"type": "later"})

    def receive(self, message: Mapping[str, Any]) -> None:
        kind = message.get("type")
        if kind == "bundle":
            self.send({"type": "bundle"}, buffers=[vega_bundle().read_bytes()])
        elif kind == "draw" and self._make:
            self.show(self._make())
        elif kind == "ready" and self._make:
            self.send({"type": "later"})
        else:
            super().receive(message)
