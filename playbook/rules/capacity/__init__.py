"""The capacity sheet's rules: who is freed, from what, and is the time theirs?

Questions are named as in content/sheets/capacity.toml, whose `messages` hold words and weights.
Nothing is said for or against the hours before people and tasks are complete: what is left out
could turn it. People are told as numbers, because their rows are private; tasks by their names.

The modules are imported in the order in which their findings are told.
"""

from playbook.rules.capacity import complete, freed, levers, promise, protection

__all__ = ["complete", "freed", "levers", "promise", "protection"]
