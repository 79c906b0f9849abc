"""The page that a stage comes to, alone or after another: built once, written in every format."""

from playbook.report.brief.brief import Brief, Line, Origin, PagePart, Run
from playbook.report.brief.build import build_brief, stage_in_hand

__all__ = ["Brief", "Line", "Origin", "PagePart", "Run", "build_brief", "stage_in_hand"]
