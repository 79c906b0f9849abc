"""Loads what every page needs: the widgets, the database library, the framework.

`playbook serve` imports this in the process that it forks kernels from (or in the kernel that waits
for the next page), so that no page does.
"""

import playbook.store.sql  # noqa: F401
import widgets.app  # noqa: F401
from playbook.framework import load_framework

load_framework().checked()
