"""What a worksheet comes to, written out: one content tree (`summarise`), several writers."""

from playbook.report.comparison import comparison
from playbook.report.difference import Difference, differences
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
    "sheet_html",
    "sheet_text",
    "summarise",
]
