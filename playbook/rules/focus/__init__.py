"""The focus sheet's rules: few problems, weekly measures, a promise that convinces, the time had.

Questions are named as in content/sheets/focus.toml, whose `messages` hold words and weights. How a
chart, a design or a lot is worked out is in playbook/analysis/pilot. No rule says that a pilot
changed anything: a signal is a reason to ask, and the verdict on the pilot belongs to its decision.

The modules are imported in the order in which their findings are told.
"""

from playbook.rules.focus import problems, measures, promise, lot, hours  # isort: skip

__all__ = ["hours", "lot", "measures", "problems", "promise"]
