"""The playbook: a framework for redefining work, as data, rules and a worksheet that remembers.

`import playbook` loads nothing more; each public name is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playbook import frames as frames
    from playbook.analysis import workgroups as workgroups
    from playbook.assessing.analyst import assess as assess
    from playbook.assessing.analyst import example as example
    from playbook.frames import MetricTree as MetricTree
    from playbook.frames import open_workbook as open_workbook
    from playbook.framework import load_framework as load_framework
    from playbook.model import PlaybookError as PlaybookError

__version__ = "0.2.0"

_HOMES = {
    "MetricTree": "playbook.frames",
    "PlaybookError": "playbook.model",
    "assess": "playbook.assessing.analyst",
    "example": "playbook.assessing.analyst",
    "frames": "playbook.frames",
    "load_framework": "playbook.framework",
    "open_workbook": "playbook.frames",
    "workgroups": "playbook.analysis.workgroups",
}
"""Where each public name is defined, a public module by its own name. Add a name here and above."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'playbook' has no attribute {name!r}")
    home = import_module(_HOMES[name])
    return home if home.__name__.endswith(f".{name}") else getattr(home, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
