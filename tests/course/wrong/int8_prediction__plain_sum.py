"""Adds as in school."""
# diagnosis: integer-overflow

int8_prediction = 130
