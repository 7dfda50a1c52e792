"""The visible checks, one file a lab. `pytest --pyargs dlfb_lab.checks` runs them on the notebooks of this folder."""
