"""The framework, and catalyst sheets filled in a line."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from playbook.assessing.assess import assess
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.worksheet.parse import read_worksheet
from tests.filled import filler
from tests.report.stories import Story

TODAY = date(2027, 1, 4)


@pytest.fixture(scope="session")
def filled(framework: Framework, catalyst: Sheet) -> Callable[..., tuple[Worksheet, Assessment]]:
    """filled({"what": "A", ...}, {...}, chosen="row1"): a catalyst sheet with these candidates."""

    return filler(catalyst, framework, TODAY)


@pytest.fixture(scope="session")
def example(framework: Framework, catalyst: Sheet) -> tuple[Worksheet, Assessment]:
    """The catalyst sheet filled with its example, on the day of its story."""
    given = framework.examples["catalyst"]
    worksheet = read_worksheet(catalyst, given.answers, framework.words)
    return worksheet, assess(catalyst, worksheet, framework, given.today)


@pytest.fixture
def story(framework: Framework) -> Iterator[Story]:
    """Somebody without a worksheet, on the day of the example's story."""
    story = Story(framework, framework.examples["catalyst"].today)
    yield story
    story.store.close()
