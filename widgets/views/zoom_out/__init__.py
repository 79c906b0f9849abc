"""Today and wanted: two markers on one scale, drawn above the questions that place them."""

from widgets.form import View

SHIFTS = View("shifts", "views/zoom_out/shifts.js", "form/picture.css")

__all__ = ["SHIFTS"]
