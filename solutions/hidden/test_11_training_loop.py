"""Hidden checks of the lab 11_training_loop."""
