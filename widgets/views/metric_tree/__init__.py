"""The metric tree: a chain to begin with, the whole tree behind it, and its outline twin."""

from widgets.form import View
from widgets.views.metric_tree.asks import ASKS

CHAIN = View("chain", "views/metric_tree/chain.js", "views/metric_tree/tree.css", ASKS)
TREE = View("tree", "views/metric_tree/tree.js", "views/metric_tree/tree.css", ASKS)

__all__ = ["CHAIN", "TREE"]
