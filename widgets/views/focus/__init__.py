"""Evidence on a page: weekly charts, what a design could see, and the lot."""

from widgets.form import View
from widgets.views.focus.asks import ASKS

STYLE = "views/focus/focus.css"
WEEKLY_CHARTS = View("weekly_charts", "views/focus/charts.js", STYLE, ASKS)
SIGHT = View("sight", "views/focus/sight.js", STYLE, ASKS)
LOT = View("lot", "views/focus/lot.js", STYLE, ASKS)
WEEKLY_FILE = View("weekly_file", "views/focus/file.js", STYLE, ASKS)

__all__ = ["LOT", "SIGHT", "WEEKLY_CHARTS", "WEEKLY_FILE"]
