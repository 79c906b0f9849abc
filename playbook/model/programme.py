"""A programme: what a class does, minute by minute, as data that a trainer leads through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from playbook.model.content import Content, Sentence

WallKind = Literal[
    "join", "note", "vote", "result", "teams", "matrix", "gallery", "agreed", "blank",
    "case", "exhibit", "facts",
]  # fmt: skip
"""What the wall may show, one thing at a time; the last three only in a step of a case."""
PhaseKind = Literal[
    "talk", "vote", "vote_again", "reveal", "teams", "decisions", "matrix", "gallery", "agree",
    "tell", "ranges", "held", "exhibit", "facts", "carry",
]  # fmt: skip
"""What a class does in a phase: see ON_THE_WALL for what the wall shows meanwhile. Of a case: tell
its situation · ranges before the fact, and how many held it · its exhibit · what is known of what
happened · carry a sentence to one's own sheet."""
ON_THE_WALL: dict[PhaseKind, WallKind] = {
    "talk": "note",
    "vote": "vote",
    "vote_again": "vote",
    "reveal": "result",
    "teams": "teams",
    "decisions": "vote",
    "matrix": "matrix",
    "gallery": "gallery",
    "agree": "agreed",
    "tell": "case",
    "ranges": "vote",
    "held": "result",
    "exhibit": "exhibit",
    "facts": "facts",
    "carry": "note",
}
Minutes = Annotated[int, Field(ge=0, le=240)]


class Phase(Content):
    """A part of a step. `say` is what people read meanwhile, instead of the step's; `wall` what the
    wall shows, instead of what goes with the kind."""

    do: PhaseKind
    minutes: Minutes
    say: str = ""
    wall: WallKind | None = None

    @property
    def on_the_wall(self) -> WallKind:
        """What the wall shows while it runs."""
        return self.wall or ON_THE_WALL[self.do]


class StepQuestion(Content):
    """What a step asks: one of our own forms (playbook.cohort.own_questions.written), a `prompt` of
    the step's sheet in the form "text" or "yes_no", or a `question` of that sheet (its id, or
    table/question; of another `sheet` where one is named). `by_team`: each team answers as one.
    `trainer_only`: it is told to nobody else, and never shown. The forms BEFORE and AFTER of
    playbook.model.vignettes ask for situations, and need nothing else."""

    form: str = ""
    text: str = ""
    lead: str = ""
    choices: tuple[str, ...] = ()
    across: str = ""
    up: str = ""
    unit: str = ""
    fact: str = ""
    bound: str = "exact"
    source: str = ""
    prompt: str = ""
    question: str = ""
    sheet: str = ""
    about: str = ""
    by_team: bool = False
    trainer_only: bool = False


class Reply(Content):
    """If somebody says `says`, ask `ask`."""

    says: Sentence
    ask: Sentence


class RoleCard(Content):
    """What one person of a team has to do."""

    title: Sentence
    text: Sentence


class CaseTold(Content):
    """What a step of a case tells: `before` the decision, and `after` it, once whoever leads opens
    it. Both as playbook.cases.steps gives them; empty where there is nothing of it."""

    before: Mapping[str, Any] = {}
    after: Mapping[str, Any] = {}


class CarryTo(Content):
    """The question of a sheet that a sentence is carried to, from the route of so many minutes of
    the case of that id; `title` is what the case is called by then."""

    case: str
    minutes: Minutes
    title: str
    sheet: str
    question: str
    ask: Sentence


class Cut(Content):
    """What happens `instead` when there is no time for a step; `order` 1 is cut first, and `saves`
    says how many minutes that gives back."""

    order: Annotated[int, Field(ge=1)]
    saves: Minutes
    instead: Sentence


class Step(Content):
    """One item of a programme. `say` is what people read while it runs, `lead_on` the sentence that
    leads to the next one; `sheet` is offered to everybody, with `note` of what to do there. `pause`
    marks a break.

    `case` names a case whose route of so many minutes is played here (playbook.cases.in_class puts
    its steps in this one's place). Such a step has what it `tells`, a question for a `range`
    besides, in the beginning a card for a `critic` (whoever gives the first answer to a question
    that is told to the trainer only), and in the end what to `carry` home. `how_sure` and
    `change_mind`: whether its vote asks that as well, of who wants to say it.
    """

    id: Sentence
    title: Sentence
    minutes: Minutes
    phases: tuple[Phase, ...] = Field(min_length=1)
    say: str = ""
    pause: bool = False
    sheet: str = ""
    note: str = ""
    question: StepQuestion | None = None
    decision: StepQuestion | None = None
    range: StepQuestion | None = None
    how_sure: bool = False
    change_mind: bool = False
    case: str = ""
    tells: CaseTold | None = None
    critic: RoleCard | None = None
    carry: CarryTo | None = None
    team_size: Annotated[int, Field(ge=2, le=20)] = 5
    roles: tuple[RoleCard, ...] = ()
    replies: tuple[Reply, ...] = ()
    lead_on: str = ""
    cut: Cut | None = None


class Programme(Content):
    """Steps that add up to `minutes`; `about` says in one sentence for what. `cases_for` are the
    ids of steps that stand together: case studies of as many minutes may take their place."""

    title: Sentence
    about: Sentence
    minutes: Annotated[int, Field(gt=0, le=600)]
    steps: tuple[Step, ...] = Field(min_length=1)
    cases_for: tuple[Sentence, ...] = ()

    @property
    def cuts(self) -> list[Step]:
        """The steps that may be cut, the first to go first."""
        return sorted((it for it in self.steps if it.cut), key=_cut_order)

    @property
    def case_minutes(self) -> int:
        """The minutes that case studies may have; 0 where there is no room for one."""
        return sum(it.minutes for it in self.steps if it.id in self.cases_for)


def _cut_order(step: Step) -> int:
    return step.cut.order if step.cut else 0


def asked_by(step: Step) -> Iterator[StepQuestion]:
    """The questions of a step."""
    yield from (it for it in (step.question, step.decision, step.range) if it)
