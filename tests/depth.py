"""How far the tests go: what every run can afford, or what `make soak` can (PLAYBOOK_SOAK=1).

PLAYBOOK_SOAK=dry runs what a soak runs, as deep as every run: it shows that all of it starts.
"""

import os

from hypothesis import settings

SOAK = bool(os.environ.get("PLAYBOOK_SOAK"))
DEEP = SOAK and os.environ["PLAYBOOK_SOAK"] != "dry"

# A loaded machine is no failure, so no example has a deadline.
settings.register_profile("fast", deadline=None, max_examples=30)
settings.register_profile("deep", deadline=None, max_examples=1000)


def times(usual: int, in_soak: int) -> int:
    """How often something costly is done: enough to show it in every run, all of it in a soak."""
    return in_soak if DEEP else usual


def examples(usual: int) -> int:
    """So many examples in every run of a property that needs its own number, and more in a soak."""
    return 20 * usual if DEEP else usual
