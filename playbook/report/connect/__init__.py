"""The connect sheet's picture in words."""
