"""The board of obstacles, and a profile of one's own that never leaves the browser's tab."""

from widgets.form import View
from widgets.views.obstacles.asks import OBSTACLE_ASKS

OBSTACLES = View(
    "obstacles", "views/obstacles/board.js", "views/obstacles/board.css", OBSTACLE_ASKS
)
PROFILE = View("profile", "views/obstacles/profile.js", "views/obstacles/profile.css")

__all__ = ["OBSTACLES", "PROFILE"]
