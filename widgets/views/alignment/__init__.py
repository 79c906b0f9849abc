"""People, processes and technology: how well each two fit, and which pair is the weakest."""

from widgets.form import View

PAIRS = View("pairs", "views/alignment/pairs.js", "form/picture.css")

__all__ = ["PAIRS"]
