"""What is not known of a metric tree, and draws of it: by themselves, or going together.

A triangle from the low over the most likely to the high value: the plainest shape for three
estimates, with more room at the ends than a PERT curve leaves.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

What = Literal["now", "link"]


@dataclass(frozen=True)
class Input:
    """One thing that is not known: a row's figure of now (in its unit) or its link's elasticity."""

    row: str
    what: What
    low: float
    mode: float
    high: float

    @property
    def mean(self) -> float:
        """Of the triangle."""
        return (self.low + self.mode + self.high) / 3

    @property
    def deviation(self) -> float:
        """The triangle's standard deviation."""
        a, b, c = self.low, self.mode, self.high
        return float((((b - a) ** 2 + (c - b) ** 2 + (c - a) ** 2) / 36) ** 0.5)

    def at(self, shares: Array) -> Array:
        """The values below which these shares (0 to 1) of the triangle lie."""
        import numpy as np

        wide, left = self.high - self.low, self.mode - self.low
        far = shares * wide
        rising = far < left
        off = np.sqrt(np.where(rising, far * left, (wide - far) * (self.high - self.mode)))
        return np.where(rising, self.low + off, self.high - off)


@lru_cache(maxsize=1)  # a slider that is moved asks for the same ones again and again
def independent(inputs: tuple[Input, ...], draws: int, seed: int) -> Array:
    """Draws of inputs that know nothing of one another, of shape (inputs, draws); read only."""
    import numpy as np

    found = np.random.default_rng(seed).random((len(inputs), draws))
    for it, line in zip(inputs, found, strict=True):
        line[:] = it.at(line)
    found.flags.writeable = False
    return found


def correlated(
    inputs: tuple[Input, ...], draws: int, seed: int, correlation: float | Array
) -> Array:
    """The same of inputs that go together, through a Gaussian copula."""
    import numpy as np
    from scipy.special import ndtr  # late: an estimate does without it

    values, vectors = np.linalg.eigh(matrix(correlation, len(inputs)))  # may be singular
    root = vectors * np.sqrt(np.clip(values, 0, None))
    normal = np.random.default_rng(seed).standard_normal((len(inputs), draws))
    shares = zip(inputs, ndtr(root @ normal), strict=True)
    return np.array([it.at(one) for it, one in shares]).reshape(normal.shape)


def matrix(correlation: float | Array, count: int) -> Array:
    """The correlations of so many inputs, of shape (count, count)."""
    import numpy as np

    if isinstance(correlation, (int, float)):
        return np.where(np.eye(count) > 0, 1.0, correlation)
    return np.asarray(correlation, dtype=float)
