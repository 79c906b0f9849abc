"""The home page: three stages, a tile for each sheet, where each stands and what comes next."""

from widgets.home.home import Home

__all__ = ["Home"]
