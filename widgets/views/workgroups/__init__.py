"""The board of workgroups: columns of people, who are moved by hand or by a search."""

from widgets.form import View
from widgets.views.workgroups.asks import ASKS

BOARD = View("workgroups", "views/workgroups/board.js", "views/workgroups/board.css", ASKS)

__all__ = ["BOARD"]
