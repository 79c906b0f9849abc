"""The picture of connections: who meets whom, from the groups outwards, with its measures."""

from widgets.form import View
from widgets.views.connect.asks import CONNECT_ASKS

CONNECTIONS = View(
    "connections", "views/connect/picture.js", "views/connect/picture.css", CONNECT_ASKS
)

__all__ = ["CONNECTIONS"]
