"""What a worksheet comes to, written out: one content tree (`summarise`), several writers."""

from playbook.report.comparison import comparison
from playbook.report.difference import Difference, differences
from playbook.report.outline import pathway_outline, sheet_outline
from playbook.report.page import FilledWorksheet, document_html, sheet_html
from playbook.report.plain import sheet_text
from playbook.report.summary import Summary, summarise

__all__ = [
    "Difference",
    "FilledWorksheet",
    "Summary",
    "comparison",
    "differences",
    "document_html",
    "pathway_outline",
    "sheet_html",
    "sheet_outline",
    "sheet_text",
    "summarise",
]
