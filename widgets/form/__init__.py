"""The form: one widget that draws any sheet as semantic HTML, from content."""

from widgets.form.form import SheetForm
from widgets.form.view import View, form_class

__all__ = ["SheetForm", "View", "form_class"]
