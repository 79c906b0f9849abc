"""The metric tree: a chain to begin with, the whole tree behind it, and its outline twin."""

from widgets import assets
from widgets.form import SheetForm
from widgets.views.metric_tree.asks import ASKS


class TreeForm(SheetForm):
    """The form of a sheet with the views "chain" and "tree"."""

    _esm = assets.esm("views/metric_tree/form.js")
    _css = assets.css("app.css", "form/form.css", "views/metric_tree/tree.css")
    more_asks = ASKS


__all__ = ["TreeForm"]
