"""Hidden checks of the lab 06_vmap."""
