"""Every sentence here is our own: no file has nine words in a row that a source has, too.

The sources are other people's texts and stay outside, so source_runs.txt holds no word of them: a
line of it is the first ten hex digits of the SHA-256 of one run of nine words of a source, sorted.
Words are what `[a-z0-9]+` finds in the text in lower case without its apostrophes (' and ’); one
blank joins them. Where the sources are at hand, the file is made with

    sorted({digest for text in sources for _, digest in runs(text)})

Ten digits suffice: the odds that any run of ours is taken for one of theirs are about 1 in 100.
"""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

LENGTH = 9
KNOWN = Path(__file__).with_name("source_runs.txt")


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Each run of nine words in `text`, with its digest."""
    words = re.findall(r"[a-z0-9]+", re.sub("['’]", "", text.lower()))
    for start in range(len(words) - LENGTH + 1):
        run = " ".join(words[start : start + LENGTH])
        yield run, hashlib.sha256(run.encode()).hexdigest()[:10]


def prose(name: str, text: str) -> str:
    """The text with the line ends of a notebook's cells as what they mean."""
    return text.replace(r"\n", " ") if name.endswith(".ipynb") else text


def test_no_file_has_nine_words_in_a_row_of_a_source(texts: dict[str, str]) -> None:
    known = set(KNOWN.read_text().split())
    found = [
        f"{name}: {run}"
        for name, text in texts.items()
        for run, digest in runs(prose(name, text))
        if digest in known
    ]
    assert found == [], "say it in our own words: what it means, not how the source puts it"


def test_a_run_is_found_whatever_stands_between_its_words() -> None:
    nine = "whats said here isnt from any source at all"
    assert len(nine.split()) == LENGTH
    digest = hashlib.sha256(nine.encode()).hexdigest()[:10]
    typed = "No: “What’s said\n    here, isn't ‹from› any *source* — at all!” Is it?"
    assert [run for run, found in runs(typed) if found == digest] == [nine]
    assert list(runs("eight words are too few to be one")) == []


def test_the_list_is_what_its_description_says() -> None:
    lines = KNOWN.read_text().splitlines()
    assert len(lines) > 10_000
    assert lines == sorted(set(lines))
    assert all(re.fullmatch("[0-9a-f]{10}", line) for line in lines)
