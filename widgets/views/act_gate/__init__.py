"""Where a pilot goes from here: waves, groups that grew out of others, and lasting changes."""

from widgets.form import View

SPREAD = View("spread", "views/act_gate/spread.js", "form/picture.css")

__all__ = ["SPREAD"]
