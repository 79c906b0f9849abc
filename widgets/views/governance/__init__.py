"""Five phases on one line, with the gates between them and their days."""

from widgets.form import View

PATH = View("path", "views/governance/path.js", "form/picture.css")

__all__ = ["PATH"]
