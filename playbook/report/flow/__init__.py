"""What the flow says in words: its lanes, what fits each kind of case, and a change tried out."""
