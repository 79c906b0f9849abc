"""Finds the files that travel with the playbook: the one place that knows where they are.

An installed wheel has them all inside the package (notebooks and cases under `_kit`); a checkout
has notebooks and cases beside it. Each function looks in the package first, then in the checkout.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def content_dir() -> Path:
    """The framework as data: catalogue, sheets, sources, wording."""
    return _first("content", PACKAGE / "content")


def look_dir() -> Path:
    """Stylesheets and other files of the look."""
    return _first("look", PACKAGE / "look")


def template_dir() -> Path:
    """Our Voila template."""
    return _first("page template", PACKAGE / "server" / "template")


def notebooks_dir() -> Path:
    """The notebooks that people open."""
    return _first("notebooks", PACKAGE / "_kit" / "notebooks", PACKAGE.parent / "notebooks")


def cases_dir() -> Path:
    """The case studies, one folder each."""
    return _first(
        "case studies", PACKAGE / "_kit" / "case_studies", PACKAGE.parent / "case_studies"
    )


def _first(what: str, *places: Path) -> Path:
    for place in places:
        if place.is_dir():
            return place
    from playbook.model import PlaybookError  # late: only a broken installation gets here

    looked = " or ".join(str(place) for place in places)
    raise PlaybookError(
        f"The playbook's {what} folder is missing: it should be {looked}. "
        "Install the playbook again."
    )
