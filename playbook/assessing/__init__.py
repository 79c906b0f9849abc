"""From answers to verdicts: one sheet, and all of a person's sheets together."""
