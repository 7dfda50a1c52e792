"""Looks at the returned value alone."""
# diagnosis: lasting-change-missed

purity_quiz = {"a": "pure", "b": "reads", "c": "pure", "d": "pure", "e": "changes", "f": "prints", "g": "changes", "h": "changes"}
