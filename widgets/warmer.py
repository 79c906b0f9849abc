"""Loads what some pages need as well: the library that makes pictures, by making those of examples.

It takes one and a half seconds, so nobody should wait for it.
"""

from datetime import date

import widgets.warm  # noqa: F401
from playbook.assessment import assess
from playbook.framework import load_framework
from playbook.values import read_worksheet
from widgets.charts import chart_payload

framework = load_framework()
for name, example in framework.examples.items():
    sheet = framework.sheets[name]
    worksheet = read_worksheet(sheet, example.answers, framework.words)
    chart_payload(sheet, worksheet, assess(sheet, worksheet, framework, date.min), framework)
