"""The framework as data: read from content/, validated, and checked against what is built."""

from playbook.framework.framework import Framework
from playbook.framework.load import load_framework

__all__ = ["Framework", "load_framework"]
