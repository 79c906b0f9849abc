"""The nine practices: three by three, week by week, and the four stages of a problem."""

from widgets.form import View

NINE = View("nine", "views/practices/nine.js", "views/practices/practices.css")
WEEKS = View("weeks", "views/practices/weeks.js", "form/picture.css")
STAGES = View("stages", "views/practices/stages.js", "views/practices/practices.css")

__all__ = ["NINE", "STAGES", "WEEKS"]
