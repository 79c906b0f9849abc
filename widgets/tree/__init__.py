"""The metric tree: a chain to begin with, the whole tree behind it, and its outline twin."""

from widgets.form import View
from widgets.tree.asks import ASKS

CHAIN = View("chain", "tree/chain.js", "tree/tree.css")
TREE = View("tree", "tree/tree.js", "tree/tree.css", ASKS)

__all__ = ["CHAIN", "TREE"]
