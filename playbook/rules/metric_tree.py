"""The metric tree sheet's rules: does what a group can move reach the money?

Questions are named as in content/sheets/metric_tree.toml, whose `messages` hold words and weights.
"""
