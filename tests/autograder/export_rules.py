"""The rules of other systems' result files, written out from their documentation: what a file must be, to be taken."""

import re

FORMATS = {"text", "html", "simple_format", "md", "ansi"}
VISIBILITY = {"hidden", "after_due_date", "after_published", "visible"}


def is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def gradescope_problems(results):
    """What Gradescope would refuse in a results.json, or would not show as meant; empty where all is well."""
    kinds = {
        "score": is_number,
        "execution_time": is_number,
        "output": lambda value: isinstance(value, str),
        "output_format": FORMATS.__contains__,
        "test_output_format": FORMATS.__contains__,
        "test_name_format": FORMATS.__contains__,
        "visibility": VISIBILITY.__contains__,
        "stdout_visibility": VISIBILITY.__contains__,
        "extra_data": lambda value: isinstance(value, dict),
        "tests": lambda value: isinstance(value, list),
        "leaderboard": lambda value: isinstance(value, list),
    }
    found = _of_kinds(results, kinds, "results")
    tests = results.get("tests", [])
    for place, test in enumerate(tests):
        found += _of_kinds(test, _TEST, f"tests[{place}]")
        if "score" not in test and "status" not in test:
            found.append(f"tests[{place}]: neither scored nor with a status")
    if "score" not in results and not tests:
        found.append("neither a score nor tests")
    if "score" not in results and not all("score" in test or "status" in test for test in tests):
        found.append("no total, and a test without a score")
    return found


_TEST = {
    "score": is_number,
    "max_score": is_number,
    "status": {"passed", "failed"}.__contains__,
    "name": lambda value: isinstance(value, str),
    "name_format": FORMATS.__contains__,
    "number": lambda value: isinstance(value, str),
    "output": lambda value: isinstance(value, str),
    "output_format": FORMATS.__contains__,
    "tags": lambda value: isinstance(value, list) and all(isinstance(tag, str) for tag in value),
    "visibility": VISIBILITY.__contains__,
    "extra_data": lambda value: isinstance(value, dict),
}


def prairielearn_problems(results):
    """What PrairieLearn would refuse, or drop, in a results.json."""
    kinds = {
        "gradable": lambda value: isinstance(value, bool),
        "score": lambda value: is_number(value) and 0 <= value <= 1,
        "message": lambda value: isinstance(value, str),
        "output": lambda value: isinstance(value, str),
        "images": lambda value: isinstance(value, list),
        "format_errors": lambda value: isinstance(value, list | str),
        "tests": lambda value: isinstance(value, list),
    }
    found = _of_kinds(results, kinds, "results")
    if "gradable" not in results:
        found.append("gradable is missing")
    if results.get("gradable") and "score" not in results:
        found.append("gradable without a score")
    for place, test in enumerate(results.get("tests", [])):
        names = {"name", "description", "points", "max_points", "message", "output", "images"}
        found += [f"tests[{place}]: {name} is not known" for name in test.keys() - names]
        if not (is_number(test.get("points")) and is_number(test.get("max_points"))):
            found.append(f"tests[{place}]: without points, so that all tests are dropped")
    return found


INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ")


def is_text(value):
    return isinstance(value, str) and bool(value)


def is_count(value):
    return type(value) is int and value >= 0


def is_instant(value):
    return isinstance(value, str) and bool(INSTANT.fullmatch(value))


# classroom50/result/v1: nothing but these at the top.
_RESULT = {
    "schema": lambda value: value == "classroom50/result/v1",
    "classroom": is_text,
    "assignment": is_text,
    "assignment_type": {"individual", "group", "team"}.__contains__,
    "owner": is_text,
    "submission": lambda value: isinstance(value, str) and value.startswith("submit/"),
    "commit": is_text,
    "release": is_text,
    "review": is_text,
    "datetime": is_instant,
    "score": is_count,
    "max-score": is_count,
    "tests": lambda value: isinstance(value, list),
}
_MAY_BE = {"graded_at": is_instant, "submitted_by": lambda value: isinstance(value, dict)}


def classroom50_problems(result):
    """What Classroom 50's runner or collector would refuse in a result.json."""
    found = _of_kinds(result, {**_RESULT, **_MAY_BE}, "result")
    found += [f"result: {name} is missing" for name in _RESULT.keys() - result.keys()]
    if not found and result["score"] > result["max-score"]:
        found.append("result: score above max-score")
    for place, test in enumerate(result.get("tests", [])):
        own = {
            "test-name": is_text,
            "passed": lambda value: isinstance(value, bool),
            "score": is_count,
            "max-score": is_count,
        }
        found += [f"tests[{place}]: {name} is wrong" for name, fits in own.items() if not fits(test.get(name))]
        if not found and test["score"] > test["max-score"]:
            found.append(f"tests[{place}]: score above max-score")
    return found


def _of_kinds(told, kinds, where):
    found = [f"{where}: {name} is not known" for name in told.keys() - kinds.keys()]
    return found + [
        f"{where}: {name} = {told[name]!r}" for name, fits in kinds.items() if name in told and not fits(told[name])
    ]
