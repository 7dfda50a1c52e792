"""The work behind the `lab` command, one file a subcommand. `_cli.py` reads the arguments and prints what these return.

Nothing here imports JAX, but `worker.py`, which runs a saved notebook in a process of its own.
"""
