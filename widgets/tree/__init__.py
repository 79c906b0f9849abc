"""The metric tree: a chain to begin with, the whole tree behind it, and its outline twin."""

from widgets import assets
from widgets.form import SheetForm
from widgets.tree.asks import ASKS


class TreeForm(SheetForm):
    """The form of a sheet with the views "chain" and "tree"."""

    _esm = assets.esm("tree/form.js")
    _css = assets.css("app.css", "form/form.css", "tree/tree.css")
    more_asks = ASKS


__all__ = ["TreeForm"]
