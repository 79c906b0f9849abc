"""What a class may be led through: the programmes, and the routes of the cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from playbook.cases.in_class import in_order, plan
from playbook.cases.load import case_ids, load_case
from playbook.framework import Framework
from playbook.model.case import CaseStudy, Route
from playbook.model.errors import ContentError
from playbook.model.programme import Programme, Step


class ClassPlans(Mapping[str, Programme]):
    """The programmes of a framework, with the steps of the cases that they name, and a programme
    for each route of each case ("alcoa_40"): the kit's, and those of the folder `own` that can be
    played. A case is read when it is asked for."""

    def __init__(self, framework: Framework, own: Path | None = None) -> None:
        self._framework = framework
        self._own = own

    @cached_property
    def cases(self) -> Mapping[str, Programme]:
        """Those of the cases alone."""
        found = (self.case(it) for it in self._ids)
        return {
            route_id(case, route): self._of_route(case, route)
            for case in found
            for route in case.routes
        }

    def case(self, case_id: str) -> CaseStudy:
        """The case of that id; InputError where there is none."""
        if case_id not in self._read:
            folder = None if case_id in case_ids() else self._own
            self._read[case_id] = load_case(case_id, folder, self._framework)
        return self._read[case_id]

    @cached_property
    def _ids(self) -> Sequence[str]:
        """Of one's own cases those that can be played: what is wrong with others, `playbook case
        check` says. The kit's go first where two are called the same."""
        own = set(case_ids(self._own)) - set(case_ids()) if self._own else set()
        return [*case_ids(), *filter(self._can_be_played, sorted(own))]

    def _can_be_played(self, case_id: str) -> bool:
        try:
            self.case(case_id)
        except ContentError:
            return False
        return True

    @cached_property
    def _read(self) -> dict[str, CaseStudy]:
        return {}

    def __getitem__(self, name: str) -> Programme:
        if name in self._framework.programmes:
            return self.expanded(self._framework.programmes[name])
        case_id, _, minutes = name.rpartition("_")
        if case_id not in self._ids:
            raise KeyError(name)
        case = self.case(case_id)
        found = [it for it in case.routes if str(it.minutes) == minutes]
        if not found:
            raise KeyError(name)
        return self._of_route(case, found[0])

    def __iter__(self) -> Iterator[str]:
        yield from self._framework.programmes
        yield from self.cases

    def __len__(self) -> int:
        return len(self._framework.programmes) + len(self.cases)

    def played(self, name: str) -> list[tuple[CaseStudy, Route]]:
        """The cases that the programme of that name plays, each with its route."""
        if name in self._framework.programmes:
            blocks = [it for it in self._framework.programmes[name].steps if it.case]
            found = [(self.case(it.case), it.minutes) for it in blocks]
        else:
            case_id, _, minutes = name.rpartition("_")
            found = [(self.case(case_id), int(minutes))]
        return [(case, case.route(minutes)) for case, minutes in found]

    def expanded(self, programme: Programme) -> Programme:
        """The programme with a case's steps in place of each step that names one; ContentError
        where the case has no route of that step's minutes."""
        if not any(it.case for it in programme.steps):
            return programme
        steps: list[Step] = []
        for step in programme.steps:
            steps += self._in_place(step) if step.case else [step]
        return programme.model_copy(update={"steps": in_order(steps)})

    def _in_place(self, step: Step) -> Sequence[Step]:
        case = self.case(step.case)
        found = [it for it in case.routes if it.minutes == step.minutes]
        if not found:
            had = ", ".join(str(it.minutes) for it in case.routes)
            raise ContentError(
                f"programmes: the step {step.id!r} plays {step.minutes} minutes of the case "
                f"{step.case!r}, which has routes of {had}; give it the minutes of one of them."
            )
        *steps, last = plan(case, found[0], self._framework)
        return [*steps, last.model_copy(update={"lead_on": step.lead_on or last.lead_on})]

    def _of_route(self, case: CaseStudy, route: Route) -> Programme:
        return Programme(
            title=case.title,
            about=case.synopsis,
            minutes=route.minutes,
            steps=plan(case, route, self._framework),
        )


def route_id(case: CaseStudy, route: Route) -> str:
    """What the programme of a route is called."""
    return f"{case.id}_{route.minutes}"
