"""The weekly page: what a workgroup runs its 30 minutes from."""

from widgets.weekly.weekly import Weekly

__all__ = ["Weekly"]
