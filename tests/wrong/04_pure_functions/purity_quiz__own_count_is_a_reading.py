"""Thinks that what changes something outside only reads it."""
# diagnosis: purity-misjudged

purity_quiz = {
    "a": "pure",
    "b": "reads",
    "c": "changes",
    "d": "pure",
    "e": "changes",
    "f": "prints",
    "g": "reads",
    "h": "changes",
}
