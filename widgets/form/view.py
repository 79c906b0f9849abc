"""Views: the pictures that a section may be drawn as, and the form that draws those of a sheet."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from widgets import assets
from widgets.form.asks import Ask
from widgets.form.form import FORM_STYLES, SheetForm

FORM = assets.FOLDER / "form"


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """What a section may be drawn as instead of question by question, when it says `view = "name"`.

    Its words stand in the content's wording under [name]. What it shows in sentences, for a saved
    page, is listed by the same name in playbook.report.pictures.
    """

    name: str
    script: str | Path
    """The module, a path below widgets/, that exports makeView as form/views.js describes it."""
    style: str | Path
    """The style sheet, likewise; every rule stays inside .pb."""
    asks: Mapping[str, Ask] = field(default_factory=dict)
    """What its page may have worked out by the kernel besides what any form asks."""


@cache
def form_class(views: tuple[View, ...]) -> type[SheetForm]:
    """The form that draws sections as these views; SheetForm itself for none.

    A class for each set of views, for anywidget keeps one style sheet a class.
    """
    if not views:
        return SheetForm
    names = [view.name for view in views]
    asks: dict[str, Ask] = {}
    for view in views:
        if taken := {
            one for one in asks.keys() & view.asks.keys() if asks[one] is not view.asks[one]
        }:
            raise ValueError(f"Two views of {names} are asked {sorted(taken)}; rename one's.")
        asks |= view.asks
    apart = {view.name: module for view in views if (module := assets.served(view.script))}
    brought = tuple(view for view in views if view.name not in apart)
    styles = dict.fromkeys(view.style for view in views)
    body = {
        "__module__": __name__,
        "__doc__": f"The form of a sheet with sections drawn as {', '.join(names)}.",
        "_esm": assets.script(entry_of(brought), FORM / f"with_{'_'.join(names)}.js"),
        "_css": assets.css(*FORM_STYLES, *styles),
        "more_asks": asks,
        "apart": apart,
    }
    return type("SheetFormWith" + "".join(map(str.capitalize, names)), (SheetForm,), body)


def entry_of(views: tuple[View, ...]) -> str:
    """The module that joins the form with its views."""
    lines = ['import { formWith } from "./form.js";']
    for place, view in enumerate(views):
        script = Path(os.path.relpath(assets.FOLDER / view.script, FORM)).as_posix()
        lines.append(f'import {{ makeView as view{place} }} from "./{script}";')
    named = ", ".join(f"{json.dumps(view.name)}: view{at}" for at, view in enumerate(views))
    return "\n".join([*lines, f"export default formWith({{ {named} }});"])
