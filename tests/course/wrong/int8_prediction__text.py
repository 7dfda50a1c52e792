"""Writes the number as text."""
# diagnosis: wrong-value

int8_prediction = "-126"
