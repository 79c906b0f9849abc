"""Did the pilot change anything, and what may be said of it? Numbers without words.

Before week 1: `promise` (what would convince us), `baseline_of` and `could_see` (could we see it?),
`draw` (the lot). Weekly: `chart` and `luck` (signals, and how many luck alone brings), `spread_of`
and `alpha` (do ratings agree?). At the end: `deviations` and `grade_kept` (what differs from what
was sealed), `verdict` (more than luck?), `sealed_rule` (scale, continue, stop), `group_calibration`
(sealed predictions beside what happened).

Importing the package loads nothing; each name is imported when it is first used. Charts, ratings,
lot, promise, decision and calibration do without numpy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playbook.analysis.pilot.calibration import Prediction as Prediction
    from playbook.analysis.pilot.calibration import group_calibration as group_calibration
    from playbook.analysis.pilot.calibration import own_calibration as own_calibration
    from playbook.analysis.pilot.chances import chance as chance
    from playbook.analysis.pilot.chances import luck as luck
    from playbook.analysis.pilot.charts import ChartBaseline as ChartBaseline
    from playbook.analysis.pilot.charts import baseline_problem as baseline_problem
    from playbook.analysis.pilot.charts import chart as chart
    from playbook.analysis.pilot.decision import Success as Success
    from playbook.analysis.pilot.decision import launched as launched
    from playbook.analysis.pilot.decision import moved as moved
    from playbook.analysis.pilot.decision import sealed_rule as sealed_rule
    from playbook.analysis.pilot.designs import Design as Design
    from playbook.analysis.pilot.designs import Grade as Grade
    from playbook.analysis.pilot.designs import split as split
    from playbook.analysis.pilot.designs import staggered as staggered
    from playbook.analysis.pilot.lot import commitment as commitment
    from playbook.analysis.pilot.lot import draw as draw
    from playbook.analysis.pilot.lot import joined as joined
    from playbook.analysis.pilot.promise import PilotPromise as PilotPromise
    from playbook.analysis.pilot.promise import WhatHappened as WhatHappened
    from playbook.analysis.pilot.promise import deviations as deviations
    from playbook.analysis.pilot.promise import grade_kept as grade_kept
    from playbook.analysis.pilot.promise import judged_by as judged_by
    from playbook.analysis.pilot.ratings import alpha as alpha
    from playbook.analysis.pilot.ratings import rwg as rwg
    from playbook.analysis.pilot.ratings import spread_of as spread_of
    from playbook.analysis.pilot.sight import baseline_of as baseline_of
    from playbook.analysis.pilot.sight import could_see as could_see
    from playbook.analysis.pilot.verdicts import verdict as verdict

_NAMES = {
    "calibration": ("Prediction", "group_calibration", "own_calibration"),
    "charts": ("ChartBaseline", "baseline_problem", "chart"),
    "decision": ("Success", "launched", "moved", "sealed_rule"),
    "designs": ("Design", "Grade", "split", "staggered"),
    "lot": ("commitment", "draw", "joined"),
    "chances": ("chance", "luck"),
    "promise": ("PilotPromise", "WhatHappened", "deviations", "grade_kept", "judged_by"),
    "ratings": ("alpha", "rwg", "spread_of"),
    "sight": ("baseline_of", "could_see"),
    "verdicts": ("verdict",),
}
"""Where each public name is defined. Add a name here and above."""

_HOMES = {name: f"{__name__}.{module}" for module, names in _NAMES.items() for name in names}

__all__ = sorted(_HOMES)  # noqa: PLE0605  # the names above, once


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
