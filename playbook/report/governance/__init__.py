"""Path and governance in words: five phases with their gates, and the calendar's looks."""
