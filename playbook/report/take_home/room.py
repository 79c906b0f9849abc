"""What was voted on, in words: what one said oneself, what the room said, what is known. Pure.

A vote is what the host tells a browser of it: {text, choices, form, unit, kind, before, result,
mine, first}; only what was published comes in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from playbook.model.vignettes import ROUNDS
from playbook.model.wording import Words

Vote = Mapping[str, Any]


def in_one(votes: Sequence[Vote]) -> list[Vote]:
    """The votes as they were asked; where one was asked again, the second alone, which has both."""
    repeated = {vote["before"] for vote in votes if vote["before"]}
    return [vote for vote in votes if vote["id"] not in repeated]


def own_answer(vote: Vote, words: Words) -> list[str]:
    """What this person said, before and after a talk; empty where they did not answer."""
    now, first = _said(vote, vote["mine"], words), _said(vote, vote["first"], words)
    if not vote["before"] or not (now and first):
        lines = [it for it in (now or first,) if it]
    else:
        told = {"before": first, "after": now}
        lines = [words.text(f"take_home.{key}", answer=it) for key, it in told.items()]
    sure = [_said(it, it["mine"], words) for it in vote.get("parts", ()) if it["form"] == "certain"]
    if lines and any(sure):  # it was said with the first answer
        lines[0] = words.text("take_home.with_sure", answer=lines[0], sure=sure[0])
    return lines


def mind_changed(vote: Vote, words: Words) -> str:
    """A sentence where somebody's second answer is another than their first, else empty."""
    now, first = _said(vote, vote["mine"], words), _said(vote, vote["first"], words)
    if not (vote["before"] and now and first) or now == first:
        return ""
    told = {"question": vote["text"], "before": first, "after": now}
    return words.text("take_home.changed_one", **told)


def _said(vote: Vote, ballot: Mapping[str, Any] | None, words: Words) -> str:
    value = ballot["value"] if ballot else None
    if value in (None, "", [], ()) or vote["form"] in ROUNDS:
        return ""  # of situations the reasons are read in the room
    labels = {choice["id"]: choice["label"] for choice in vote["choices"]}
    if isinstance(value, str):
        return str(labels.get(value, value))
    if vote["form"] == "range" and len(value) == 2:  # noqa: PLR2004 - its two ends
        low, high = value
        return words.text("take_home.range", low=low, high=with_unit(high, vote["unit"]))
    return ", ".join(labels.get(str(it), str(it)) for it in value)


def room_answer(vote: Vote, words: Words) -> list[str]:
    """What the room said, a line a thing: counts, who changed, ranges, how many texts."""
    result = vote["result"]
    lines = [plural("take_home.people", result["respondents"], words)]
    if counted := ", ".join(_counts(vote, words)):
        lines.append(counted)
    lines += beside_counts(vote, words)
    return lines if len(lines) > 1 else [words.text("take_home.too_few")]


def beside_counts(vote: Vote, words: Words) -> list[str]:
    """What the room said besides how many chose what: who changed, ranges, how many texts."""
    result, lines = vote["result"], []
    if result.get("learned"):
        return [*result["learned"]["says"]]
    before = result["before"] or {}
    if before.get("changed") is not None:
        told = {"count": before["changed"], "all": before["both"]}
        lines.append(words.text("room_page.changed", **told))
    if result["ranges"]:
        lines.append(ranges_told(vote, words))
    if result["texts"]:
        lines.append(plural("take_home.texts", len(result["texts"]), words))
    return lines


def known(vote: Vote, words: Words) -> str:
    """The fact that ranges were held against, with its source."""
    fact = vote["result"].get("fact")
    if not fact:
        return ""
    value = with_unit(fact["value"], vote["unit"])
    said = words.text(f"room_page.fact_{fact['bound']}", value=value)
    source = words.text("room_page.fact_source", source=fact["source"]) if fact["source"] else ""
    return f"{said[:1].upper()}{said[1:]}. {source}".strip()


def ranges_told(vote: Vote, words: Words) -> str:
    """How many ranges hold what is known, or how many ranges there are."""
    ranges, fact = vote["result"]["ranges"], vote["result"].get("fact")
    if not fact:
        return words.text("room_page.ranges_no_fact", all=len(ranges))
    value = with_unit(fact["value"], vote["unit"])
    told = {"all": len(ranges), "value": value, "held": fact["held"]}
    told |= {"below": fact["below"], "above": fact["above"]}
    if fact["bound"] == "exact":
        return words.text("room_page.ranges_held", **told)
    low = fact["bound"] == "more"
    told["wrong"] = told["below" if low else "above"]
    return words.text(f"room_page.ranges_{'low' if low else 'high'}", **told)


def furthest_apart(votes: Iterable[Vote]) -> Vote | None:
    """The vote on which the room disagreed most, if any was shown with choices."""
    apart = [it for it in votes if it["result"] and it["result"]["disagreement"]]
    return max(apart, key=lambda it: it["result"]["disagreement"], default=None)


def with_unit(value: str, unit: str) -> str:
    """A figure as it was typed with its unit: "85%", "12 days"."""
    return f"{value}%" if unit == "%" else f"{value} {unit}".strip()


def _counts(vote: Vote, words: Words) -> Iterator[str]:
    result = vote["result"]
    counts, before = result["counts"], (result["before"] or {}).get("counts")
    if counts is None:
        return
    choices = vote["choices"]
    if vote["form"] == "order":
        choices = sorted(choices, key=lambda it: -counts[it["id"]])
    for choice in choices:
        label, count = choice["label"], counts[choice["id"]]
        if count is None:
            yield words.text("take_home.hidden", label=label)
        elif vote["form"] == "order":
            yield words.text("take_home.points", label=label, count=count)
        elif before and before.get(choice["id"]) is not None:
            told = {"label": label, "count": count, "before": before[choice["id"]]}
            yield words.text("take_home.count_before", **told)
        else:
            yield words.text("take_home.count", label=label, count=count)


def plural(key: str, count: int, words: Words) -> str:
    """The wording of one or of many."""
    return words.text(f"{key}.{'one' if count == 1 else 'many'}", count=count)
