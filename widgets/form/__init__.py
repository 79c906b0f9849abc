"""The form: one widget that draws any sheet as semantic HTML, from content."""

from widgets.form.form import SheetForm

__all__ = ["SheetForm"]
