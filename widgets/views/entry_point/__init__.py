"""The map: candidates by impact and likelihood, moved by mouse, touch and keyboard."""

from widgets.form import View

MAP = View("map", "views/entry_point/map.js", "views/entry_point/map.css")

__all__ = ["MAP"]
