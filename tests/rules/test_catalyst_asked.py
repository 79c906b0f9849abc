"""Which questions of the catalyst sheet follow from which answers, written down by hand."""

import pytest

from playbook.model import Row, Sheet, Worksheet
from playbook.worksheet.visibility import asked_questions

ALWAYS = {"what", "kind", "breaks", "urgent", "bigger", "alignment", "capacity", "shared_by"}
SENTENCES = {"fear", "opportunity"}
URGENCY = {"by_when", "loss", "urgency_signs", "evidence_urgent"}
IN_PART = ("yes", "partly")


def asked(catalyst: Sheet, answers: dict[str, str]) -> set[str]:
    row = Row("row0", answers)
    worksheet = Worksheet("catalyst", {}, {"candidates": (row,)})
    return {q.id for q in asked_questions(catalyst, worksheet, "candidates", row)}


@pytest.mark.row("CAT-05", "CAT-08", "CAT-09", "CAT-25", "CAT-26", "CAT-27", "CAT-28", "CAT-29")
@pytest.mark.row("CAT-30", "CAT-33", "CAT-34", "CAT-35", "CAT-36")
@pytest.mark.parametrize(
    ("answers", "opened"),
    [
        ({"kind": "market"}, SENTENCES),
        ({"kind": "skills"}, SENTENCES | {"skills_for"}),
        ({"kind": "technology"}, SENTENCES),
        ({"kind": "automation"}, SENTENCES | {"rationale", "announced", "waves"}),
        ({"kind": "change"}, SENTENCES | {"attention"}),
        ({"kind": "opportunity"}, {"impact_workforce", "impact_company", "owner_ready"}),
        ({"kind": "diffuse"}, SENTENCES | {"issue"}),
        *(({"urgent": said}, URGENCY) for said in IN_PART),
        *(({"urgent": said}, set()) for said in ("no", "dont_know")),
        *(({"breaks": said}, {"control", "evidence_breaks"}) for said in IN_PART),
        *(({"bigger": said}, {"impact_customer", "evidence_bigger"}) for said in IN_PART),
        *(({"capacity": said}, {"evidence_capacity"}) for said in IN_PART),
        *(
            ({one: said}, set())
            for one in ("breaks", "bigger", "capacity")
            for said in ("no", "dont_know")
        ),
        *(({"alignment": said}, {"side_benefits"}) for said in ("side", "none")),
        *(({"alignment": said}, set()) for said in ("direct", "dont_know")),
    ],
)
def test_an_answer_opens_the_questions_that_follow_from_it(
    catalyst: Sheet, answers: dict[str, str], opened: set[str]
) -> None:
    assert asked(catalyst, answers) == ALWAYS | opened


@pytest.mark.row("CAT-26", "CAT-28", "CAT-29")
@pytest.mark.parametrize(
    ("before", "answer", "opened"),
    [
        *(
            ({"kind": kind}, {"urgent": said}, {"paired"})
            for kind in ("technology", "automation")
            for said in ("partly", "no")
        ),
        *(({"kind": "technology"}, {"urgent": said}, set()) for said in ("yes", "dont_know")),
        ({"kind": "market"}, {"urgent": "no"}, set()),
        *(
            ({"kind": "technology", "urgent": "no"}, {"paired": said}, {"pressure"})
            for said in IN_PART
        ),
        ({"kind": "technology", "urgent": "no"}, {"paired": "no"}, set()),
        ({"kind": "automation"}, {"rationale": "headcount"}, {"no_cuts", "space"}),
        ({"kind": "automation"}, {"rationale": "growth"}, set()),
        *(
            (
                {"kind": "automation", "rationale": "headcount"},
                {promise: said},
                {f"{promise}_{part}" for part in ("who", "until", "told")},
            )
            for promise in ("no_cuts", "space")
            for said in IN_PART
        ),
        ({"kind": "automation", "rationale": "headcount"}, {"no_cuts": "no"}, set()),
        *(({"kind": "automation"}, {"announced": said}, {"engagement"}) for said in IN_PART),
        ({"kind": "automation"}, {"announced": "no"}, set()),
    ],
)
def test_a_question_further_on_opens_when_both_answers_call_for_it(
    catalyst: Sheet, before: dict[str, str], answer: dict[str, str], opened: set[str]
) -> None:
    more = asked(catalyst, before | answer) - asked(catalyst, before)
    assert more - URGENCY == opened
