"""What the program found about a pilot, and where it goes from here."""

from widgets.form import View
from widgets.views.act_gate.asks import ASKS

RESULT = View("pilot_result", "views/act_gate/result.js", "views/act_gate/result.css", ASKS)
SPREAD = View("spread", "views/act_gate/spread.js", "form/picture.css")

__all__ = ["RESULT", "SPREAD"]
