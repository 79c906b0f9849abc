"""Codes of people: what a question that is answered with codes takes, and nothing else.

The form of one code is content, as `codes` of its question; the page (widgets/form/names.js) sends
nothing else, and a hand-made request or a file is held to it here.
"""

from __future__ import annotations

import re

from playbook.model import Question

_BETWEEN = re.compile(r"[,;]")


def codes_pattern(question: Question) -> str:
    """What a browser and Python let through where codes are asked for: none, one, or several with
    commas between."""
    return rf"(({question.codes})([,;] *({question.codes}))*)?"


def has_names(question: Question, text: str) -> bool:
    """Whether codes are asked for and something else stands there, such as a name."""
    if not question.codes:
        return False
    parts = (part.strip() for part in _BETWEEN.split(text))
    return any(part and not re.fullmatch(question.codes, part) for part in parts)
