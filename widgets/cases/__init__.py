"""Cases: decide, seal, then read what happened; by oneself."""

from widgets.cases.cases import Cases

__all__ = ["Cases"]
