"""Coming in: codes, links, devices, accounts, and the check before the day."""
