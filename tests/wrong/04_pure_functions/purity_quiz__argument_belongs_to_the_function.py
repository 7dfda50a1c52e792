"""Thinks that an argument may be changed."""
# diagnosis: argument-is-the-callers

purity_quiz = {"a": "pure", "b": "reads", "c": "changes", "d": "pure", "e": "pure", "f": "prints", "g": "changes", "h": "changes"}
