"""The first stage for somebody who never saw it: six questions a sheet, and so long in all."""

import pytest

from playbook.framework import load_framework
from playbook.framework.framework import EXAMPLE
from tests.rules.strangers_path import CHOICE_S, WORDS_S, strangers_path

FRAMEWORK = load_framework()
FIVE = [name for name in FRAMEWORK.stages[0].sheets if name != FRAMEWORK.stages[0].gate]
CORE = {
    "zoom_out": "objective_wanted focus_wanted needs_wanted decision decision_owner decision_date",
    "catalyst": "kind breaks urgent bigger alignment capacity",
    "champion": "believes changes commits cover communicates controls",
    "entry_point": "impact likelihood free rate supervisor reach",
    "metric_tree": "now evidence target in_hands noticed tested",
}
"""What everybody is asked, as the issue wants it: six a sheet, the name of a row not counted."""

MINUTES_OF_TYPING = 25


def test_five_sheets_ask_thirty_core_questions():
    for name in FIVE:
        told = strangers_path(FRAMEWORK.sheets[name], FRAMEWORK.examples[name].answers)
        assert set(told.core) == set(CORE[name].split())
        assert len(told.core) == 6


@pytest.mark.parametrize("story", [EXAMPLE, *FRAMEWORK.stories])
def test_whoever_answers_as_a_finished_story_does_types_for_25_minutes_at_most(story):
    told = FRAMEWORK.story(story)
    paths = [strangers_path(FRAMEWORK.sheets[name], told[name].answers) for name in FIVE]
    in_words, others = (sum(getattr(it, what) for it in paths) for what in ("in_words", "others"))
    assert in_words + others > 30  # the core, the names, and what they open
    assert (in_words * WORDS_S + others * CHOICE_S) / 60 <= MINUTES_OF_TYPING


def test_what_the_sheets_say_they_take_leaves_time_to_think():
    """The minutes that home and sheets name are for reading and thinking too."""
    said = sum(FRAMEWORK.sheets[name].minutes for name in FIVE)
    assert MINUTES_OF_TYPING < said <= 40
