"""The nine practices in sentences: three by three, week by week, four moments, four stages."""
