"""Visible checks of this lab."""
