"""Numbers without words: what is worked out from answers, one name a topic."""
