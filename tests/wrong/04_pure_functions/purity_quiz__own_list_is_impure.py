"""Takes each append for an effect."""
# diagnosis: own-list-is-private

purity_quiz = {"a": "pure", "b": "reads", "c": "changes", "d": "changes", "e": "changes", "f": "prints", "g": "changes", "h": "changes"}
