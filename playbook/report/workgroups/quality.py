"""How good groups are, in one of two sentences; what clashes, in the words of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from playbook.analysis.workgroups import Partition, RulesClashError
from playbook.analysis.workgroups.written import Written
from playbook.model.wording import Words

_TENTHS = 1000
_ROUNDING = 1e-9


def quality_sentence(partition: Partition, words: Words) -> str:
    """That it is proved that no groups are better, or by how much others could be, rounded up."""
    if partition.proven:
        return words.text("workgroups.proved")
    tenths = max(1, ceil(partition.gap * _TENTHS - _ROUNDING))
    return words.text("workgroups.at_most", percent=f"{tenths / 10:g}")


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
    kind = str(one["kind"])
    told = {key: value for key, value in one.items() if key not in ("kind", "id")}
    if "people" in told:
        told["people"] = ", ".join(map(str, told["people"]))
        return words.text(f"workgroups.rule.{kind}_people", **told)
    if "share" in told:
        told["percent"] = f"{100 * float(told['share']):g}"
    if "attribute" in told and "value" not in told and kind not in ("hours", "wishes"):
        return words.text(f"workgroups.rule.{kind}_each", **told)
    return words.text(f"workgroups.rule.{kind}", **told)
