"""`autograder export gradescope|classroom50`: bundles that grade one lab over there."""

import typer


def add_to(export: typer.Typer) -> None:
    """Add the bundles to `export`."""
