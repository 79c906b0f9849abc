"""Case studies: read and checked, put on a clock, and played step by step."""
