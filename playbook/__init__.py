"""The playbook: a framework for redefining work, as data, rules and a worksheet that remembers.

`import playbook` loads nothing more; each public name is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playbook.assessment import assess as assess
    from playbook.framework import load_framework as load_framework
    from playbook.model import PlaybookError as PlaybookError

__version__ = "0.2.0"

_HOMES = {
    "PlaybookError": "playbook.model",
    "assess": "playbook.assessment",
    "load_framework": "playbook.framework",
}
"""Where each public name is defined. Add a name here and above."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'playbook' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
