"""The map: candidates by impact and likelihood, moved by mouse, touch and keyboard."""

from widgets import assets
from widgets.form import SheetForm


class MapForm(SheetForm):
    """The form of a sheet with the view "map"."""

    _esm = assets.esm("views/entry_point/form.js")
    _css = assets.css("app.css", "form/form.css", "views/entry_point/map.css")


__all__ = ["MapForm"]
