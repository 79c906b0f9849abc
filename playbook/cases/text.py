"""The list of cases as text and as HTML, for where no widget can be; the same for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from playbook.cases.library import Listed
from playbook.model.wording import Words


def cases_text(cases: Sequence[Listed], words: Words) -> str:
    """The cases by title, each with its lengths in minutes."""
    lines = [f"  {it.title}: {_lengths(it, words)}" for it in cases]
    return "\n".join([words.text("cases.page.title"), *lines])


def cases_outline(cases: Sequence[Listed], words: Words) -> str:
    """The same as HTML, each with the question that it begins with."""
    items = "\n".join(
        f"<li><strong>{escape(it.title)}</strong> ({escape(_lengths(it, words))}). "
        f"{escape(it.opening)}</li>"
        for it in cases
    )
    title, intro = words.text("cases.page.title"), words.text("cases.page.intro")
    return f"<h3>{escape(title)}</h3><p>{escape(intro)}</p>\n<ul>\n{items}\n</ul>"


def cases_standing_in(cases: Sequence[Listed], words: Words) -> str:
    """The list for a page that has no connection yet, or never gets one, and why no case is played
    on it: what happened may leave the server only once a decision is kept there."""
    title, intro = words.text("cases.page.title"), words.text("cases.page.intro")
    items = "".join(
        f'<li dir="auto"><strong>{escape(it.title)}</strong> ({escape(_lengths(it, words))}). '
        f"{escape(it.opening)}</li>"
        for it in cases
    )
    told = "".join(f"<p>{escape(words.text(f'cases.page.{it}'))}</p>" for it in ("needs", "else"))
    return (
        f'<section class="prose" data-pb-stand-in><h1>{escape(title)}</h1><p>{escape(intro)}</p>'
        f"{told}{f'<ul>{items}</ul>' if items else ''}</section>"
    )


def _lengths(listed: Listed, words: Words) -> str:
    minutes = ", ".join(f"{it[0]}" for it in listed.routes)
    return words.text("cases.page.length", minutes=minutes)
