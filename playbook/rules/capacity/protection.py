"""Whether the time is theirs: the arrangement, what is promised, who protects it, who is told."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.rules import Case, Hit
from playbook.rules.capacity.shared import PERCENT, floor, sheet_rule
from playbook.worksheet.figures import whole_percent

BESIDE = ("side", "lab", "rotation")
AUDIENCES = {
    "giving": ("lose_message", "lose_support"),
    "taking": ("take_message", "take_support"),
}


@sheet_rule("CAP-03", raises=("daily", *BESIDE))
def it_is_their_daily_work(case: Case) -> Iterator[Hit]:
    if case.answered("arrangement", "daily", *BESIDE):
        yield Hit(case.get("arrangement") or "", ("arrangement",))


@sheet_rule("N-03", raises=("side_project",))
def a_side_project_by_its_share(case: Case) -> Iterator[Hit]:
    share, most = case.number("share"), case.thresholds["side_project_share"]
    if share is not None and share / PERCENT <= most:
        yield Hit("side_project", ("share",), {"share": f"{share:g}%"})


@sheet_rule("CAP-02", raises=("promised_less",))
def enough_is_promised(case: Case) -> Iterator[Hit]:
    share, side = case.number("share"), case.thresholds["side_project_share"]
    if share is not None and side < share / PERCENT < floor(case):
        values = {"share": f"{share:g}%", "floor": whole_percent(floor(case))}
        yield Hit("promised_less", ("share",), values)


@sheet_rule("X-20", raises=("aim",))
def the_whole_job_is_the_aim(case: Case) -> Iterator[Hit]:
    share, aim = case.number("share"), case.thresholds["capacity_aim_share"]
    if share is not None and floor(case) <= share / PERCENT < aim:
        yield Hit("aim", ("share",), {"share": f"{share:g}%"})


@sheet_rule("CAP-14", raises=("protected",))
def somebody_protects_the_time(case: Case) -> Iterator[Hit]:
    if case.get("protector"):
        yield Hit("protected", ("protector",))


@sheet_rule("CAP-15", raises=("agreed",))
def a_missed_target_is_foreseen(case: Case) -> Iterator[Hit]:
    if case.get("missed"):
        yield Hit("agreed", ("missed",))


@sheet_rule("CAP-11", raises=(*AUDIENCES, "both"))
def both_are_told_and_supported(case: Case) -> Iterator[Hit]:
    told = set(case.many("told"))
    if not told or told == {"dont_know"}:
        return
    short = [name for name, parts in AUDIENCES.items() if not told.issuperset(parts)]
    for name in short or ["both"]:
        yield Hit(name, ("told",))
