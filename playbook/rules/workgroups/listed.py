"""What the list of people says of the groups: who is outside, who is alike, who is front line."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.rules import Case, Hit, Number
from playbook.rules.workgroups.shared import (
    DIFFERENCES,
    PERCENT,
    count_of_groups,
    everybody_placed,
    in_order,
    people,
    sheet_rule,
    variety,
)
from playbook.worksheet.figures import whole_percent


@sheet_rule("WG-01", raises=("alone", "outside"))
def everybody_is_in_a_group(case: Case) -> Iterator[Hit]:
    """No groups at all is said on the first screen, and stops; the list is optional, and warns."""
    if count_of_groups(case) == 0:
        yield Hit("alone", ("group_count",))
    placed = [row for row in people(case) if "group" in row]
    if placed and (outside := len(people(case)) - len(placed)):
        yield Hit("outside", ("group",), {"count": outside})


@sheet_rule("WG-26", raises=("different", "alike"), numbers=("least_variety_percent",))
def groups_differ_inside(case: Case) -> Iterator[Hit | Number]:
    """By the list once everybody is in a group and something is said of them; else as it is said
    that groups are formed."""
    measured = {
        number: found
        for number, group in in_order(case, "group").items()
        if everybody_placed(case) and (found := variety(group, people(case))) is not None
    }
    if measured:
        yield Number("least_variety_percent", round(PERCENT * min(measured.values()), 1))
    least = case.thresholds["workgroup_variety_least"]
    alike = [number for number, found in measured.items() if found < least]
    if alike:
        named = ", ".join(map(str, alike))
        told = {
            "groups": f"group {named}" if len(alike) == 1 else f"groups {named}",
            "percent": whole_percent(min(measured.values())),
        }
        yield Hit("alike", ("group",), told)
    elif measured or case.answered("formed", "different"):
        yield Hit("different", ("group",) if measured else ("formed",))


@sheet_rule("WG-26", raises=("twice",))
def a_code_of_their_own(case: Case) -> Iterator[Hit]:
    """Told by lines of the list and not by codes, because these are private."""
    lines: dict[str, list[int]] = {}
    for line, row in enumerate(case.rows.get("people", ()), 1):
        if "code" in row:
            lines.setdefault(str(row["code"]).casefold(), []).append(line)
    shared = [" and ".join(map(str, found)) for found in lines.values() if len(found) > 1]
    if shared:
        yield Hit("twice", ("code",), {"lines": "; ".join(shared)})


@sheet_rule("WG-47", raises=("disguise", "front"), numbers=("front_line_percent",))
def people_from_the_front_line(case: Case) -> Iterator[Hit | Number]:
    roles = [row["role"] for row in people(case) if row.get("role") not in (None, "dont_know")]
    if not roles:
        return
    share, least = roles.count("front") / len(roles), case.thresholds["front_line_least_share"]
    yield Number("front_line_percent", round(PERCENT * share, 1))
    told = {"percent": whole_percent(share), "least": whole_percent(least)}
    yield Hit("disguise" if share < least else "front", ("role",), told)


@sheet_rule("WG-43", raises=("later",))
def communities_can_wait(case: Case) -> Iterator[Hit]:
    described = [row for row in people(case) if any(name in row for name in DIFFERENCES)]
    if described and not any("community" in row for row in described):
        yield Hit("later", ("community",))
