"""The map of a work system as a picture, a matrix and an outline of the same rows."""

from widgets.form import View
from widgets.views.system_map.asks import MAP_ASKS

SYSTEM_MAP = View(
    "system_map", "views/system_map/picture.js", "views/system_map/picture.css", MAP_ASKS
)

__all__ = ["SYSTEM_MAP"]
