"""Thinks that printing does not count."""
# diagnosis: printing-is-an-effect

purity_quiz = {"a": "pure", "b": "reads", "c": "changes", "d": "pure", "e": "changes", "f": "pure", "g": "changes", "h": "changes"}
