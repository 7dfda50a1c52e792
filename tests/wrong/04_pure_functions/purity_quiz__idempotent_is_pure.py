"""Takes what may be repeated for pure."""
# diagnosis: purity-is-not-idempotence

purity_quiz = {"a": "pure", "b": "reads", "c": "changes", "d": "pure", "e": "changes", "f": "prints", "g": "pure", "h": "changes"}
