"""Begins a case: a small one that can be played as it is, every word of it to be written over."""

from __future__ import annotations

import re
from pathlib import Path

from playbook.cases.load import case_ids
from playbook.cases.own import ROUTES
from playbook.model.errors import InputError
from playbook.model.resources import content_dir

ID = re.compile(r"[a-z][a-z0-9_]{0,59}")


_STEP = re.compile(r"# <step>\n(.*)# </step>\n", re.DOTALL)


def begin(case_id: str, folder: Path, steps: int = 1) -> Path:
    """Write `<folder>/<case_id>/case.toml` with so many steps, one to four, and return it;
    InputError where that can't be."""
    if not ID.fullmatch(case_id):
        raise InputError(
            f"{case_id!r} can't be a case's id: begin with a small letter, then small letters, "
            "digits and _, 60 at most."
        )
    if case_id in case_ids():
        raise InputError(f"The kit has a case {case_id!r}, which is the one that would be played.")
    place = folder / case_id / "case.toml"
    if place.exists():
        raise InputError(f"{place} is there already; choose another id, or go on with that one.")
    if steps not in ROUTES:
        raise InputError(f"A case begins with 1 to {max(ROUTES)} steps; {steps} were asked for.")
    text = (content_dir() / "case_scaffold.toml").read_text(encoding="utf-8")
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(_filled(text, case_id, steps), encoding="utf-8")
    return place


def _filled(text: str, case_id: str, steps: int) -> str:
    """The scaffold with its one step as often as it is asked for, and minutes that add up."""
    minutes, frame, each, carry = ROUTES[steps]
    one = _STEP.search(text)
    assert one, "the scaffold marks its step"
    numbers = [str(it) for it in range(1, steps + 1)]
    parts = ", ".join(f'{{ step = "decide_{it}" }}' for it in numbers)
    told = {"case_id": case_id, "size": "spark" if steps == 1 else "middle", "parts": parts}
    told |= {"minutes": str(minutes), "frame": str(frame), "carry": str(carry)}
    told |= {"talk": str(each - 2)}
    body = "\n".join(one[1].replace("{n}", it).rstrip() + "\n" for it in numbers)
    text = text[: one.start()] + body + text[one.end() :]
    for name, value in told.items():
        text = text.replace(f"{{{name}}}", value)
    return text
