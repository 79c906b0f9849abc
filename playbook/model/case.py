"""A case study as content: what is told, what is asked, what comes out, and how sure each of it is.

A case is played in steps. What a step tells before the decision (`situation`, `known`) and what it
shows after it (`reveal`, `positions`) are apart, so that a player can be sent the one without the
other. A fact stands once, under its id, with where it comes from; everything else names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, TypeAdapter, ValidationError

from playbook.model.content import Choice, Content, RowId, Sentence, Slug
from playbook.model.programme import Reply, RoleCard

CaseId = Annotated[str, StringConstraints(pattern=r"^C-\d{2}$")]
_ADDRESS = r"""^https?://[\w.-]*\w(:[0-9]{1,5})?([/?#][^\s\x00-\x1f\x7f<>"\\^`{|}]*)?$"""
Address = Annotated[str, StringConstraints(max_length=2000, pattern=_ADDRESS)]
"""Where a reader lands: a site, perhaps its port, a path. No name and password before it: they
would go into every paper, and make one site look like another. Nothing that ends a link early."""

_ADDRESSES: TypeAdapter[str] = TypeAdapter(Address)

Column = Literal["documents", "public", "claimed", "ours", "fictional"]
"""documents: the article says so · public: a public record, with its address · claimed: somebody
says so, and nothing bears it out, or something contradicts it · ours: worked out by us from facts
that are named · fictional: made up for teaching."""

Sure = Literal["primary", "press", "one_source", "ours", "claimed", "fictional"]
"""primary: the actor's own report, filing or record · press: press or a book · one_source: told in
one place alone · ours: our reading or arithmetic · claimed · fictional."""

SURE_OF: Mapping[Column, tuple[Sure, ...]] = {
    "documents": ("one_source", "press"),
    "public": ("primary", "press", "one_source"),
    "claimed": ("claimed",),
    "ours": ("ours",),
    "fictional": ("fictional",),
}
"""How sure what stands in a column may be said to be."""


def is_address(text: str) -> bool:
    """Whether it can stand as a fact's address."""
    try:
        _ADDRESSES.validate_python(text)
    except ValidationError:
        return False
    return True


class Place(Content):
    """Where a public fact can be looked up, in words and as an address."""

    title: Sentence
    address: Address


class CaseFact(Content):
    """One statement that a case rests on.

    `locator` is the place in the case's document, for what the article says. `worked_out_from` and
    `how` belong to our own arithmetic: the facts it takes, and what is done with them. `why` says
    what is wrong with a claim. `names`: it gives the story away, or names a person.
    """

    id: Slug
    text: Sentence
    column: Column
    sure: Sure
    locator: str = ""
    places: tuple[Place, ...] = ()
    worked_out_from: tuple[Slug, ...] = ()
    how: str = ""
    why: str = ""
    names: bool = False


class Asked(Content):
    """A question of a step: one of a sheet (`of_sheet`, as "catalyst.urgent"), with that sheet's
    own words and choices, or the case's own.

    kind: one or many of `choices` · number: a range, in `unit`, held against the figure of `fact` ·
    text: a sentence. `least`: the fact is a lower bound ("more than"), so only what lies wholly
    below it is surely wrong.
    """

    id: Slug
    kind: Literal["one", "many", "number", "text"]
    text: str = ""
    of_sheet: str = ""
    choices: tuple[Choice, ...] = ()
    unit: str = ""
    fact: Slug | None = None
    figure: float | None = None
    least: bool = False


class Position(Content):
    """A defensible position: what it is, the facts that speak for it, what would overturn it."""

    position: Sentence
    evidence: tuple[Slug, ...] = ()
    overturned_by: Sentence


class CasePhase(Content):
    """A part of a step in class, with its whole minutes, as the desk leads it."""

    kind: Literal[
        "tell", "vote", "ranges", "talk", "vote_again", "reveal", "teams", "decisions", "exhibit",
        "debrief", "carry",
    ]  # fmt: skip
    minutes: int = Field(ge=0)
    say: str = ""


class CaseStep(Content):
    """One step: situation, decision, reveal.

    `phases` are its minutes in class; `alone` those of somebody who plays by themselves. `reveal`
    lists facts; `none_found` says what no public source was found for. `headline` is the reveal's
    heading; `hinge` says beside it what the story hangs on, and how thin that is. `opens` tells the
    story's real name. `can_cut`: a late class may do without it. `exhibits` are drawn from what was
    told by then. `expects` are the shares of the answers that a rehearsal gives, by question and
    choice.
    """

    id: Slug
    title: Sentence
    rows: tuple[RowId, ...]
    situation: Sentence
    known: tuple[Slug, ...] = ()
    asks: tuple[Asked, ...] = Field(min_length=1, max_length=3)
    how_sure: bool = False
    change_mind: bool = False
    phases: tuple[CasePhase, ...] = Field(min_length=1)
    alone: int = Field(ge=1)
    headline: Sentence
    hinge: str = ""
    reveal: tuple[Slug, ...] = ()
    none_found: str = ""
    positions: tuple[Position, ...] = Field(min_length=2, max_length=3)
    exhibits: tuple[Slug, ...] = ()
    replies: tuple[Reply, ...] = ()
    leads_on: str = ""
    roles: tuple[RoleCard, ...] = ()
    can_cut: bool = False
    opens: bool = False
    expects: Mapping[str, Mapping[str, float]] = {}

    @property
    def minutes(self) -> int:
        """Of its phases, in class."""
        return sum(phase.minutes for phase in self.phases)


class Disguise(Content):
    """How a known story begins: under another name, until the step that opens it.

    `hidden` are words that no byte before that step may hold. `job` is for those who know it. `id`
    is what the case is called by a page and in what is kept of a play.
    """

    id: Slug
    title: Sentence
    frame: Sentence
    knows: Sentence
    job: Sentence
    hidden: tuple[Sentence, ...] = Field(min_length=1)


class Part(Content):
    """A step on a route; `minutes` where the route has less time for it than its phases take."""

    step: Slug
    minutes: int | None = Field(default=None, ge=1)


class Route(Content):
    """The steps that fit into so many minutes, breaks apart. `frame` and `carry` are the minutes of
    telling the story and of carrying a sentence home, `debrief` those at the end."""

    minutes: int = Field(ge=1)
    frame: int = Field(ge=0)
    parts: tuple[Part, ...] = Field(min_length=1)
    debrief: int = Field(default=0, ge=0)
    carry: int = Field(ge=0)


class CarryHome(Content):
    """The one sentence that goes into a question of one's own worksheet."""

    sheet: Slug
    question: Slug
    ask: Sentence


class ExhibitPoint(Content):
    """One figure of an exhibit: a line of its csv, with the fact that says it."""

    series: Sentence
    unit: Sentence
    year: int
    value: float
    fact: Slug


class Exhibit(Content):
    """Figures to look at: `points` of a tidy csv beside the case (`data`), each with its fact.

    `question` stands under it; it never concludes. `never`: the picture that shows how not to.
    """

    id: Slug
    title: Sentence
    data: str
    question: Sentence
    note: str = ""
    never: bool = False
    points: tuple[ExhibitPoint, ...] = ()


class CaseStudy(Content):
    """A case: full (routes and a reveal a step), middle (one to three steps), or a spark of five
    minutes (one step). `document` is the source it comes from, `rows` what it teaches."""

    id: Slug
    case: CaseId | None = None
    size: Literal["full", "middle", "spark"]
    title: Sentence
    document: str
    synopsis: Sentence
    for_whom: Sentence
    aims: tuple[Sentence, ...] = Field(min_length=1)
    opening: Sentence
    rows: tuple[RowId, ...] = Field(min_length=1)
    disguise: Disguise | None = None
    facts: tuple[CaseFact, ...]
    steps: tuple[CaseStep, ...] = Field(min_length=1)
    routes: tuple[Route, ...] = Field(min_length=1)
    exhibits: tuple[Exhibit, ...] = ()
    carry: CarryHome
    debrief: tuple[Sentence, ...] = ()
    honest: str = ""

    @property
    def alias(self) -> str:
        """Its id as far as a player may read it: while a story is disguised its own would tell."""
        return self.disguise.id if self.disguise else self.id

    def fact(self, fact_id: str) -> CaseFact:
        """The fact of that id; KeyError when there is none."""
        return {fact.id: fact for fact in self.facts}[fact_id]

    def step(self, step_id: str) -> CaseStep:
        """The step of that id; KeyError when there is none."""
        return {step.id: step for step in self.steps}[step_id]

    def exhibit(self, exhibit_id: str) -> Exhibit:
        """The exhibit of that id; KeyError when there is none."""
        return {exhibit.id: exhibit for exhibit in self.exhibits}[exhibit_id]

    def route(self, minutes: int) -> Route:
        """The route of so many minutes; KeyError when there is none."""
        return {route.minutes: route for route in self.routes}[minutes]

    def told_before(self, step_id: str) -> Iterator[CaseFact]:
        """The facts that a player has seen when the step begins, its own known ones among them."""
        seen: dict[str, None] = {}
        for step in self.steps:
            seen |= dict.fromkeys(step.known)
            if step.id == step_id:
                break
            seen |= dict.fromkeys(step.reveal)
        return (self.fact(fact) for fact in seen)
