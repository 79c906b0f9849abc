"""What the catalyst's page says, as its tests look for it."""

import re

WHAT = "What is happening?"
BREAK = "Must you clearly break"
SAVED = re.compile(r"^Saved \d\d:\d\d$")
