"""What a worksheet comes to, written out: one content tree (`account`), several writers."""

from playbook.report.account import Account, account
from playbook.report.comparison import comparison
from playbook.report.difference import Difference, differences
from playbook.report.page import Filled, document_html, sheet_html
from playbook.report.plain import sheet_text

__all__ = [
    "Account",
    "Difference",
    "Filled",
    "account",
    "comparison",
    "differences",
    "document_html",
    "sheet_html",
    "sheet_text",
]
