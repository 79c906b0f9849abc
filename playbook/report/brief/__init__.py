"""The one page that a stage comes to: built once, then written in every format."""

from playbook.report.brief.brief import Brief, Line, Origin, PagePart, Run
from playbook.report.brief.build import build_brief

__all__ = ["Brief", "Line", "Origin", "PagePart", "Run", "build_brief"]
