"""Finds the files that travel with the playbook: the one place that knows where they are.

An installed wheel has them all inside the package (notebooks and cases under `_kit`); a checkout
has notebooks and cases beside it. Each function looks in the package first, then in the checkout.
"""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def content_dir() -> Path:
    """The framework as data: catalogue, sheets, sources, wording."""
    return _first("content folder", PACKAGE / "content")


def look_dir() -> Path:
    """Stylesheets and other files of the look."""
    return _first("look folder", PACKAGE / "look")


def template_dir() -> Path:
    """Our Voila template."""
    return _first("page template folder", PACKAGE / "server" / "http" / "template")


def notebooks_dir() -> Path:
    """The notebooks that people open."""
    kept = PACKAGE / "_kit" / "notebooks"
    return _first("notebooks folder", kept, PACKAGE.parent / "notebooks")


def cases_dir() -> Path:
    """The case studies, one folder each."""
    kept = PACKAGE / "_kit" / "case_studies"
    return _first("case studies folder", kept, PACKAGE.parent / "case_studies")


def common_scripts() -> Path:
    """The small script modules that widgets share with the pages of a cohort host."""
    return _first("folder of scripts", PACKAGE.parent / "widgets" / "common")


def vega_bundle() -> Path:
    """The one script that draws every chart; hatch_build.py makes it when the kit is built."""
    return _first("chart script", PACKAGE.parent / "widgets" / "static" / "vega.js")


def _first(what: str, *places: Path) -> Path:
    for place in places:
        if place.exists():
            return place
    from playbook.model import PlaybookError  # late: only a broken installation gets here

    looked = " or ".join(str(place) for place in places)
    raise PlaybookError(
        f"The playbook's {what} is missing: it should be {looked}. Install the playbook again."
    )
