"""Thinks that `nonlocal` stays inside."""
# diagnosis: hidden-state-missed

purity_quiz = {"a": "pure", "b": "reads", "c": "changes", "d": "pure", "e": "changes", "f": "prints", "g": "changes", "h": "pure"}
