# ruff: noqa: F821
assert purity_quiz == {
    "a": "pure",
    "b": "reads",
    "c": "changes",
    "d": "pure",
    "e": "changes",
    "f": "prints",
    "g": "changes",
    "h": "changes",
}
