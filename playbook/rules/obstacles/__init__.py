"""The obstacles sheet's rules: what is in the way, what people work with, what carries them.

Questions are named as in content/sheets/obstacles.toml, whose `messages` hold words and weights.
"""

from playbook.rules.obstacles import board, environment, motivation

__all__ = ["board", "environment", "motivation"]
