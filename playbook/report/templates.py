"""The templates of pages that stand alone, with the look of the program written into them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.model.resources import look_dir

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def page_template(folder: Path, name: str, style: str) -> Template:
    """The template `name` of a folder; `style` is the folder's own style sheet beside the look."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # late: only reports need it

    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    files = (look_dir() / "tokens.css", look_dir() / "base.css", folder / style)
    environment.globals["styles"] = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return environment.get_template(name)
