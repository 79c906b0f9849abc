"""A real crowd, a small one, at a real server: no time is looked at."""

from pathlib import Path

import pytest

from benchmarks.crowd import Crowd
from benchmarks.hosts import IN_CLASS, cpu_seconds, memory_mb


@pytest.mark.slow
@pytest.mark.soak
def test_two_visitors_come_answer_fill_in_and_find_it_all_again(tmp_path: Path) -> None:
    with IN_CLASS.start(tmp_path) as server, Crowd(IN_CLASS, server) as crowd:
        before = memory_mb(server)
        came, ready = crowd.arrive(2, 0.5), crowd.prepare(2)
        answered, filled = crowd.answer(2, each=3, pause=0.01), crowd.fill(seconds=1, pause=0.05)
        acknowledged, lost = crowd.kept()
        assert [it.failed for it in (came, ready, answered, filled)] == [[]] * 4
        assert [len(it.seconds) for it in (came, ready, answered)] == [2, 2, 6]
        assert acknowledged == 6 + len(filled.seconds)
        assert len(filled.seconds) >= 2
        assert lost == []
        assert memory_mb(server) > before
        assert cpu_seconds(server) > 0
        assert crowd.cpu_seconds() > 0
        crowd.leave()
