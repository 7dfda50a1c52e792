"""Visible checks of the lab 04_pure_functions."""
