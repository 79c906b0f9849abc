"""The scorecard in words: where each measure stands between its trigger and its target."""
