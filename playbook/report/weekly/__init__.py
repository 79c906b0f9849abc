"""The weekly page of a workgroup, and the charts that it shares with the sponsor page."""
