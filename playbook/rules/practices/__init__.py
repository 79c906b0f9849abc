"""The practices sheet's rules: few practices, the group's own words, and a check-in each week.

Questions are named as in content/sheets/practices.toml, whose `messages` hold words and weights.
Levels and signs inform and never hold anything up. Nothing here ranks a group or a person.

The modules are imported in the order in which their findings are told.
"""

from playbook.rules.practices import weekly, chosen, purpose, further  # isort: skip

__all__ = ["chosen", "further", "purpose", "weekly"]
