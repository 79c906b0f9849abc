"""How good groups are, in one of two sentences; what clashes, in the words of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

from playbook.analysis.workgroups import Partition, RulesClashError
from playbook.analysis.workgroups.written import Written
from playbook.model.wording import Words

if TYPE_CHECKING:
    from playbook.analysis.workgroups.explanation import Explanation

OF_EVERYBODY = ("hours", "wishes", "lines")
"""Kinds of rules that are about an attribute of everybody, not about its values."""
_TENTHS = 1000
_ROUNDING = 1e-9


def quality_sentence(partition: Partition, words: Words) -> str:
    """That it is proved that no groups are better, or by how much others could be, rounded up; and
    if that is reckoned without the rules, that it is."""
    if partition.proven:
        return words.text("workgroups.proved")
    tenths = max(1, ceil(partition.gap * _TENTHS - _ROUNDING))
    key = "at_most_aside" if partition.rules_aside else "at_most"
    return words.text(f"workgroups.{key}", percent=f"{tenths / 10:g}")


def clash_sentence(clash: RulesClashError, written: Sequence[Written], words: Words) -> str:
    """Which rules can't be kept together, each as a sentence without its full stop."""
    said = [rule_sentence(one, words) for one in clashing(clash, written)]
    if len(said) == 1:
        return words.text("workgroups.clash_one", rule=said[0])
    return words.text("workgroups.clash", rules="; ".join(said))


def clashing(clash: RulesClashError, written: Sequence[Written]) -> list[Written]:
    """The written rules that clash: a rule for each value of an attribute counts as one."""
    ids = [str(one.get("id", f"rule {place}")) for place, one in enumerate(written, 1)]
    return [
        one
        for name, one in zip(ids, written, strict=True)
        if any(rule == name or rule.startswith(f"{name} (") for rule in clash.rules)
    ]


def rule_sentence(one: Written, words: Words) -> str:
    """A written rule in plain words, without a full stop."""
    kind, count = str(one["kind"]), one.get("count")
    told = {key: value for key, value in one.items() if key not in ("kind", "id")}
    key = kind
    if "people" in told:
        told["people"] = _listed([str(it) for it in told["people"]], words)
        key = f"{kind}_people"
    elif "value" in told:
        told["who"] = _who(str(told["attribute"]), str(told["value"]), words)
        if count is not None:
            each = "one" if count == 1 else "many"
            told["many"] = words.text(f"workgroups.rule.{each}", count=count, who=told["who"])
    elif "attribute" in told and kind not in OF_EVERYBODY:
        told["attribute"] = _called(str(told["attribute"]), words)
        key = f"{kind}_each"
    if "share" in told:
        told["percent"] = f"{round(100 * float(told['share']), 1):g}"
    own = f"workgroups.rule.{key}_{count}"  # some numbers have a sentence of their own
    return words.text(own if own in _all(words) else f"workgroups.rule.{key}", **told)


def _all(words: Words) -> set[str]:
    return {f"workgroups.rule.{key}" for key in words.group("workgroups.rule")}


def _who(attribute: str, value: str, words: Words) -> str:
    """Those with one answer: "from Suppliers", "whose place is Ashby"."""
    slug, known = _slug(attribute), words.group("workgroups.who")
    key = "yes" if value.casefold() == "yes" else slug if slug in known else "any"
    told = {"attribute": _called(attribute, words), "value": value}
    return words.text(f"workgroups.who.{key}", **told)


def _called(attribute: str, words: Words) -> str:
    """An attribute inside of a sentence."""
    return words.group("workgroups.called").get(_slug(attribute), attribute)


def _slug(attribute: str) -> str:
    return "_".join(attribute.casefold().split())


def _listed(names: Sequence[str], words: Words) -> str:
    if len(names) == 1:
        return names[0]
    return words.text("workgroups.and", first=", ".join(names[:-1]), last=names[-1])


def number_sentences(partition: Partition, told: Explanation, words: Words) -> list[str]:
    """Figures for those who ask for them, from what `explain` says: differences, variety, camps,
    and how the sum stands to what none exceed."""
    camps = [it.faultline for it in told.groups]
    nearest = camps.index(max(camps))
    return [
        words.text(
            "workgroups.figures",
            inside=f"{told.difference:.2f}",
            chance=f"{told.by_chance:.2f}",
            weakest=told.weakest + 1,
            least=f"{told.groups[told.weakest].difference or 0:.2f}",
        ),
        words.text("workgroups.camps", number=nearest + 1, strength=f"{camps[nearest]:.2f}"),
        words.text(
            "workgroups.sum", value=f"{partition.value:.2f}", bound=f"{partition.bound:.2f}"
        ),
    ]
