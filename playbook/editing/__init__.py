"""One change of a worksheet: planned, pasted, sealed, applied."""
