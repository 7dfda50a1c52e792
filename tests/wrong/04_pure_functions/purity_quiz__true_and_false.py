"""Says only whether they are pure."""
# diagnosis: wrong-form

purity_quiz = {"a": True, "b": False, "c": False, "d": True, "e": False, "f": False, "g": False, "h": False}
