"""Thinks that reading does no harm."""
# diagnosis: reading-outside-is-impure

purity_quiz = {"a": "pure", "b": "pure", "c": "changes", "d": "pure", "e": "changes", "f": "prints", "g": "changes", "h": "changes"}
