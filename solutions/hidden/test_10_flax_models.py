"""Hidden checks of the lab 10_flax_models."""
