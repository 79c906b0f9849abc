"""Links of a map, voted on by two groups: those who do the work, and those who lead.

One vote for each group, opened and shown together, so each is under the rule of five by itself: a
group of fewer is not shown. A person answers for one of them. Of each link a group sees what most
of it ticked, helps or harms, or no link where more ticked neither. What is talked about comes in
the order of two maps on one table: links only one group sees, opposite signs, widest differences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from playbook.model import Question
from playbook.model.content import Choice
from playbook.model.wording import Words

FORM, LEAD_FORM = "links", "links_lead"
"""The vote of those who do the work, and beside it that of those who lead."""
NONE = "none"
"""Somebody who sees none of the links: an answer, and not silence."""
Seen = Literal["helps", "harms", "none"]


@dataclass(frozen=True, slots=True)
class GroupView:
    """How many of a group answered, and how many ticked each choice."""

    people: int
    counts: Mapping[str, int | None]

    def shares(self, link: str) -> tuple[float, float]:
        """The shares that ticked helps and harms."""
        helps, harms = (self.counts.get(f"{link}_{effect}") or 0 for effect in ("helps", "harms"))
        return helps / self.people, harms / self.people

    def sees(self, link: str) -> Seen:
        """What most of the group sees there; of two alike the link, and of its effects helps."""
        helps, harms = self.shares(link)
        if 1 - helps - harms > max(helps, harms):
            return "none"
        return "helps" if helps >= harms else "harms"


def question(text: str, lead: str, links: tuple[str, ...], words: Words) -> Question:
    """What those who do the work are asked: helps or harms, for each link."""
    listed = tuple(
        Choice(id=f"l{number}_{effect}", label=words.text(f"room.links_{effect}", link=link))
        for number, link in enumerate(links, 1)
        for effect in ("helps", "harms")
    )
    none = Choice(id=NONE, label=words.text("room.links_none"))
    asked = words.text("room.links_work", text=text)
    return Question(id="own", kind="many", text=asked, why=lead, choices=(*listed, none))


def of_leaders(text: str, work: Question, words: Words) -> Question:
    """The same for those who lead."""
    return work.model_copy(update={"text": words.text("room.links_lead", text=text), "why": ""})


def differences(asked: Question, work: GroupView, lead: GroupView, words: Words) -> list[str]:
    """A sentence for each link that the groups see differently, in the order to talk about it."""
    return [text for *_, text in sorted(_differences(asked, work, lead, words))]


def _differences(
    asked: Question, work: GroupView, lead: GroupView, words: Words
) -> Iterator[tuple[int, float, int, str]]:
    """The kind of difference, 0 first; how far apart they are; its place, and its sentence."""
    helping = (choice for choice in asked.choices if choice.id.endswith("_helps"))
    for place, choice in enumerate(helping):
        link = choice.id.partition("_")[0]
        name = _name(choice, words)
        theirs, ours = work.sees(link), lead.sees(link)
        apart = sum(abs(a - b) for a, b in zip(work.shares(link), lead.shares(link), strict=True))
        if not apart:
            continue
        if theirs == ours:
            kind, key = 2, "links_apart"
        elif "none" in (theirs, ours):
            kind, key = 0, "links_only_work" if ours == "none" else "links_only_lead"
        else:
            kind, key = 1, "links_opposite"
        shares = {"work": _share(work, link, words), "lead": _share(lead, link, words)}
        yield kind, -apart, place, words.text(f"room.{key}", link=name, **shares)


def _share(view: GroupView, link: str, words: Words) -> str:
    helps, harms = view.shares(link)
    return words.text("room.links_share", helps=f"{helps:.0%}", harms=f"{harms:.0%}")


def _name(choice: Choice, words: Words) -> str:
    """The link as the trainer wrote it."""
    before, _, after = words.text("room.links_helps", link="\0").partition("\0")
    return choice.label.removeprefix(before).removesuffix(after)
