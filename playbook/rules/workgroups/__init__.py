"""The workgroups sheet's rules: who came forward, how groups are formed, and what they look like.

Questions are named as in content/sheets/workgroups.toml, whose `messages` hold words and weights.
People are told as numbers, because their rows are private. The list of people counts where it says
more than the numbers above it.

The modules are imported in the order in which their findings are told.
"""

from playbook.rules.workgroups import volunteers, formed, listed, cells, data  # isort: skip

__all__ = ["cells", "data", "formed", "listed", "volunteers"]
