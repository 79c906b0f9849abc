"""The metric tree sheet's rules: does what a group can move reach the money?

Questions are named as in content/sheets/metric_tree.toml, whose `messages` hold words and weights.
What is worked out on the tree is in analysis/metric_tree. A rule speaks once for all metrics it
concerns: {metrics} in a message are their names, for quotation marks around them all.

The chain is a table without candidates, so what is missing in it is found here, names first. What
is not named yet is missing and never wrong: no rule judges a link whose upper end has no name.

The modules are imported in the order in which their findings are told.
"""

from playbook.rules.metric_tree import chain, counts, frontline, around  # isort: skip

__all__ = ["around", "chain", "counts", "frontline"]
