"""Weekly series made up for a question: how often does luck alone look like this?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def weekly_noise(random: np.random.Generator, shape: tuple[int, ...], carry_over: float) -> Array:
    """Series of mean 0 and spread 1 along the last axis, in which a week keeps `carry_over` (0 to
    below 1) of the one before: an AR(1) that has been going on for ever."""
    noise = random.standard_normal(shape)
    fresh = np.sqrt(1 - carry_over**2)
    for week in range(1, shape[-1]):
        noise[..., week] = carry_over * noise[..., week - 1] + fresh * noise[..., week]
    return noise


def shared_noise(
    random: np.random.Generator,
    runs: int,
    groups: int,
    weeks: int,
    carry_over: float,
    shared: float = 0.0,
) -> Array:
    """Shape (runs, groups, weeks): as above, and a shock of spread `shared` that is new each week
    and the same for all groups of a run."""
    own = weekly_noise(random, (runs, groups, weeks), carry_over)
    return own + shared * random.standard_normal((runs, 1, weeks))
