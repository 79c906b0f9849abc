"""A sheet that asks a question of each kind that a row of choices or a text cannot answer."""

from playbook.model import Choice, Question, Section, Sheet

IMPACT = "If it succeeds there, what would move?"
ORDER = "What matters most to the people there?"
COUNT = "How many people do the daily work there?"
SHARE = "How many in a hundred would volunteer?"
WEEKS = "What was it in the past weeks?"


def _choices(**labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(id=choice, label=label) for choice, label in labels.items())


POINTS = (
    Choice(id="small", label="Something small", hint="Nobody beyond would miss it"),
    Choice(id="local", label="The group’s own figures", hint="Hardly noticed beyond it"),
    Choice(id="watched", label="A figure that leaders watch", hint="They would ask about it"),
    Choice(id="decisive", label="What the year depends on", hint="Others would want the same"),
)
MATTERS = _choices(
    time="Time with clients",
    skills="New skills",
    pay="Pay",
    calm="A calmer day, with fewer forms to fill in and fewer reports that nobody reads",
)
ROWS = ("ENT-05",)
QUESTIONS = (
    Question(id="impact", kind="scale", text=IMPACT, choices=POINTS, rows=ROWS),
    Question(id="order", kind="rank", text=ORDER, choices=MATTERS, rows=ROWS),
    Question(
        id="count",
        kind="number",
        text=COUNT,
        unit="people",
        low=0,
        high=100_000,
        whole=True,
        rows=ROWS,
    ),
    Question(id="share", kind="number", text=SHARE, unit="%", low=0, high=100, rows=ROWS),
    Question(id="weeks", kind="series", text=WEEKS, rows=ROWS),
)
TRIAL = Sheet(
    id="trial",
    version=1,
    title="Trial",
    headline="Every kind of question",
    intro="One of each.",
    minutes=1,
    notebook="none.ipynb",
    verdict_texts={},
    sections=(Section(id="kinds", title="Kinds", questions=QUESTIONS),),
)
