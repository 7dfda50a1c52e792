"""Takes what changes its result a second time for impure."""
# diagnosis: purity-is-not-idempotence

purity_quiz = {"a": "changes", "b": "reads", "c": "changes", "d": "pure", "e": "changes", "f": "prints", "g": "changes", "h": "changes"}
