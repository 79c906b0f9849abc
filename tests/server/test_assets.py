"""Scripts that are sent together: what a script that begins takes along, and how."""

from __future__ import annotations

import pytest

from playbook.server.http.assets import together

LISTED = frozenset({"7.voila.js", "12.voila.js", "elsewhere.js"})


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "voila.js").write_text("begin()")
    (tmp_path / "remoteEntry.0a1b.js").write_text("connect()")
    (tmp_path / "7.voila.js").write_text('"use strict";seven()')
    (tmp_path / "12.voila.js").write_text("twelve() // the last line")
    (tmp_path / "99.voila.js").write_text("rare()")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "own"), [("voila.js", "begin()"), ("remoteEntry.0a1b.js", "connect()")]
)
def test_a_script_that_begins_takes_along_the_listed_chunks_of_its_folder(folder, name, own):
    lines = together(folder / name, LISTED).decode().split("\n")
    assert lines == [
        "(()=>{twelve() // the last line",
        "})();",
        '(()=>{"use strict";seven()',
        "})();",
        own,
    ]


def test_without_a_list_and_for_any_other_script_it_is_the_file_itself(folder):
    assert together(folder / "voila.js", frozenset()) == b"begin()"
    assert together(folder / "7.voila.js", LISTED) == b'"use strict";seven()'
