"""The entry point sheet's rules: where can a small start succeed, and still be noticed?

Questions are named as in content/sheets/entry_point.toml, whose `messages` hold words, weights and
arrows. A place without capacity is off the map. Arrows are told apart and never added up; scores
are compared only once somebody has given them, with weights that stand beside them.

The modules are imported in the order in which their findings are told.
"""

from playbook.rules.entry_point import first_screen, noticed, seven_factors, several_places
from playbook.rules.entry_point.shared import FACTORS

__all__ = ["FACTORS", "first_screen", "noticed", "seven_factors", "several_places"]
