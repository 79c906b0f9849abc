"""The rules of path and governance: what protects people, and what scaling needs beyond it.

Questions are named as in content/sheets/governance.toml, whose `messages` hold words and weights.
"""

from playbook.rules.governance import lists, pitfalls, protects, support

__all__ = ["lists", "pitfalls", "protects", "support"]
