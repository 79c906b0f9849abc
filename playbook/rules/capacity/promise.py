"""What the entry point and the decision promised, beside what the hours say."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.rules import Case, Hit
from playbook.rules.capacity.shared import at_best, is_complete, sheet_rule

PROMISED = ("yes", "partly")


@sheet_rule("CAP-12", raises=("broken", "too_few", "fewer", "kept"))
def hours_make_or_break_the_entry_point(case: Case) -> Iterator[Hit]:
    if not (found := at_best(case)):
        return
    promised, asked = case.carried.get("promise") in PROMISED, case.carried.get("asked")
    least, wanted = case.thresholds["volunteers_least"], float(str(asked)) if asked else 0
    values = {"freed": found.freed, "least": f"{least:.0f}", "asked": f"{wanted:.0f}"}
    if not found.freed:
        if promised:
            yield Hit("broken", ("takes_part",))
        return
    if found.freed < least:
        yield Hit("too_few", ("takes_part",), values)
    if found.freed < wanted:
        yield Hit("fewer", ("takes_part",), values)
    enough = found.freed >= max(least, wanted) and found.freed == found.volunteers
    if promised and enough and is_complete(case):
        yield Hit("kept", ("takes_part",), values)
