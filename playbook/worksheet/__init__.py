"""From what somebody typed, pasted or uploaded to values, fields and worksheets."""
