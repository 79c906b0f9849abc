"""What would happen if: a flow tried out with simpy, and always told with its range.

Cases come in at random (exponential times between them), wait at each step until one of its people
is free, first come first served, and take an exponential time of the step's mean. A case with an
error does the step again. The whole is tried `runs` times over, each from empty; the first cases
of each run are left out, until the line is as full as it stays. A mean's 95% range is Student's,
over the runs: they know nothing of each other, so it is honest, unlike one over cases in a row.
"""

from __future__ import annotations

import random
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Any

from playbook.analysis.work_system.flow import Flow
from playbook.model import InputError

RUNS = 30
CASES = 500
LEFT_OUT = 200
"""Of each run, from its beginning."""
MOST_LOAD = 0.97
"""Above so much of what the bottleneck can take, queues grow for longer than anybody tries."""
LEAST_RUNS = 2


@dataclass(frozen=True, slots=True)
class MeanRange:
    """A mean and the range in which the true one lies, in 95 of 100 such tries."""

    mean: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of it: the time of a case from coming in to the end, and how much of that is wait.
    `queues`: the wait at each step, in its order."""

    lead_time: MeanRange
    wait: MeanRange
    queues: tuple[MeanRange, ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """The time of a case as it is and as it would be, and by how much the change alters it."""

    now: MeanRange
    changed: MeanRange
    difference: MeanRange


@dataclass(frozen=True, slots=True)
class FlowRun:
    """The means of one run."""

    lead_time: float
    queues: tuple[float, ...]


def try_out(
    flow: Flow, *, runs: int = RUNS, cases: int = CASES, left_out: int = LEFT_OUT, seed: int = 1
) -> Tried:
    """The flow as it is, tried `runs` times with `cases` that count each.

    InputError where a touch time, a number of people or the arrivals are missing, or where more
    comes in than the bottleneck can take: then the queue never stops growing.
    """
    _check(flow, runs, cases)
    found = [run_once(flow, cases, left_out, (seed, at)) for at in range(runs)]
    return Tried(
        lead_time=estimate([run.lead_time for run in found]),
        wait=estimate([sum(run.queues) for run in found]),
        queues=tuple(estimate(waits) for waits in zip(*(run.queues for run in found), strict=True)),
    )


def what_if(
    now: Flow,
    changed: Flow,
    *,
    runs: int = RUNS,
    cases: int = CASES,
    left_out: int = LEFT_OUT,
    seed: int = 1,
) -> MeanRange:
    """By how much the change alters the lead time, below 0 where a case is done sooner."""
    return compared(now, changed, runs=runs, cases=cases, left_out=left_out, seed=seed).difference


def compared(
    now: Flow,
    changed: Flow,
    *,
    runs: int = RUNS,
    cases: int = CASES,
    left_out: int = LEFT_OUT,
    seed: int = 1,
) -> Compared:
    """Both tried with the same chances, run by run: what luck does to both falls out of the
    difference. InputError as in `try_out`."""
    for flow in (now, changed):
        _check(flow, runs, cases)
    before, after = (
        [run_once(flow, cases, left_out, (seed, at)).lead_time for at in range(runs)]
        for flow in (now, changed)
    )
    apart = [late - early for early, late in zip(before, after, strict=True)]
    return Compared(estimate(before), estimate(after), estimate(apart))


def estimate(means: Sequence[float]) -> MeanRange:
    """The mean of some runs' means, with Student's range of 95%."""
    from scipy.special import stdtrit  # late: only whoever tries something out needs it

    middle = fmean(means)
    reach = float(stdtrit(len(means) - 1, 0.975)) * stdev(means) / len(means) ** 0.5
    return MeanRange(middle, middle - reach, middle + reach)


def _check(flow: Flow, runs: int, cases: int) -> None:
    if runs < LEAST_RUNS or cases < 1:
        raise InputError(f"Try a flow {LEAST_RUNS} times or more, with 1 case or more each.")
    if not flow.steps or flow.arrivals is None:
        raise InputError("To try a flow out, say its steps and how many cases come in.")
    for step in flow.steps:
        if step.touch is None or step.people is None:
            raise InputError(
                f"To try a flow out, say how long {step.name!r} takes, and who does it."
            )
        if step.errors == 1:
            raise InputError(f"{step.name!r} never succeeds: give it fewer errors than all.")
    narrow = flow.bottleneck
    if narrow and narrow.load is not None and narrow.load > MOST_LOAD:
        name = flow.steps[narrow.step].name
        raise InputError(
            f"{name!r} can take {narrow.most:.3g} cases, and {flow.arrivals:.3g} come in: "
            "the queue would never stop growing. Add people, or shorten the step."
        )


def run_once(flow: Flow, cases: int, left_out: int, seed: tuple[int, int]) -> FlowRun:
    """One run from empty; each step and the arrivals have chances of their own, so that a change
    of one step leaves those of the others as they were."""
    import simpy

    world = simpy.Environment()
    people = [simpy.Resource(world, capacity=step.people or 1) for step in flow.steps]
    chances = [random.Random(f"{seed} {at}") for at in range(len(flow.steps) + 1)]
    times: list[list[float]] = []
    done = world.event()
    wanted = left_out + cases
    finished = 0

    def case(number: int, stamps: list[float]) -> Generator[Any, Any, None]:
        nonlocal finished
        stamps.append(world.now)
        for step, line, chance in zip(flow.steps, people, chances[1:], strict=True):
            waited = 0.0
            again = True
            while again:
                asked = world.now
                with line.request() as turn:
                    yield turn
                    waited += world.now - asked
                    yield world.timeout(chance.expovariate(1) * (step.touch or 0.0))
                again = chance.random() < (step.errors or 0.0)
            stamps.append(waited)
        stamps.append(world.now)
        finished += left_out <= number < wanted
        if finished == cases:
            done.succeed()
            finished += 1  # told once

    def arrivals() -> Generator[Any, Any, None]:
        number = 0
        while True:  # goes on behind the last that counts, so that those find the line as it was
            yield world.timeout(chances[0].expovariate(flow.arrivals or 1.0))
            times.append([])
            world.process(case(number, times[-1]))
            number += 1

    world.process(arrivals())
    world.run(until=done)
    counted = times[left_out:wanted]
    return FlowRun(
        lead_time=fmean(stamps[-1] - stamps[0] for stamps in counted),
        queues=tuple(fmean(column) for column in zip(*(it[1:-1] for it in counted), strict=True)),
    )
