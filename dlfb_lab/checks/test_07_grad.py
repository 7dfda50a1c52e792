"""Visible checks of the lab 07_grad."""
