"""A lambda, with other names."""

add_pies = lambda there, new: there + new
