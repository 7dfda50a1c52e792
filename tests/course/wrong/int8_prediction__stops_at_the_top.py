"""Believes that the sum stops at the largest number."""
# diagnosis: cast-out-of-range

int8_prediction = 127
