"""What the catalyst's page says, as its tests look for it."""

import re

from playbook.framework import load_framework

_SHEET = load_framework().sheets["catalyst"]


def text_of(question: str) -> str:
    """A question of the catalyst sheet as the form asks it."""
    asked = _SHEET.asked_of(question)
    assert asked is not None
    return asked[0].text


WHAT, BREAK = text_of("what"), text_of("breaks")
SAVED = re.compile(r"^Saved \d\d:\d\d$")
