"""Work as it flows: its steps in swim lanes, with time, tool, data and decision below each."""

from widgets.form import View

SWIM_LANES = View("swim_lanes", "views/flow/lanes.js", "form/picture.css")

__all__ = ["SWIM_LANES"]
