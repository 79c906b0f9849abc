"""The map: candidates by impact and likelihood, moved by mouse, touch and keyboard."""

from widgets.form import View

MAP = View("map", "map/map.js", "map/map.css")

__all__ = ["MAP"]
