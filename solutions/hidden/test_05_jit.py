"""Hidden checks of the lab 05_jit."""
