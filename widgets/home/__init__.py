"""The home page: three stages, twelve sheets, where each stands and what comes next."""

from widgets.home.home import Home, home_payload

__all__ = ["Home", "home_payload"]
