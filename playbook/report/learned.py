"""What a class learned, in words that claim no more than was seen. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playbook.model.wording import Words

CLOSE = 5
"""Points between how sure people are and how often they are right that count as none."""


def learned_told(learned: Mapping[str, Any], words: Words) -> list[str]:
    """The sentences of a report {pairs, hidden, before, after, effect, low, high, sure_before,
    sure_after}: shares and points in whole percent. They are the shares, the effect, on whom it
    rests and how sure people were; one that says why where it is hidden."""
    say, pairs = words.text, learned["pairs"]
    if learned["hidden"]:
        return [say(f"learned.{learned['hidden']}", pairs=pairs)]
    effect = learned["effect"]
    way = "none" if not effect else "more" if effect > 0 else "fewer"
    points = {"low": signed(learned["low"]), "high": signed(learned["high"])}
    told = say(f"learned.effect_{way}", points=abs(effect), **points)
    if learned["low"] <= 0 <= learned["high"]:
        told = f"{told} {say('learned.no_change')}"
    lines = [
        say("learned.shares", before=learned["before"], after=learned["after"]),
        told,
        f"{say('learned.pairs', pairs=pairs)} {say('learned.no_comparison')}",
    ]
    return [*lines, *_calibration(learned, words)]


def _calibration(learned: Mapping[str, Any], words: Words) -> list[str]:
    if learned["sure_before"] is None:
        return []
    told = {it: learned[it] for it in ("before", "after", "sure_before", "sure_after")}
    far = learned["sure_after"] - learned["after"]
    way = "as" if abs(far) <= CLOSE else "more" if far > 0 else "less"
    return [f"{words.text('learned.sure', **told)} {words.text(f'learned.sure_{way}')}"]


def signed(points: int) -> str:
    """−4, 0, +26"""
    return f"+{points}" if points > 0 else f"−{-points}" if points < 0 else "0"
