"""Reports -> one JUnit XML file: a suite for each task of each submission, a case for each check.

Failed is a `failure` and says how (`failed`, `not_attempted`, `timed_out` ...); what could not be graded is an `error`.
"""

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from autograder.export.verdict import why_no_points
from autograder.export.words import finding_text, heading, summary_text
from autograder.report.record import CheckReport, Report, TaskReport
from autograder.report.words import for_a_student, meaning
from dlfb_lab._outcome import Outcome

# What XML 1.0 cannot hold, not even escaped.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_junit(reports: Sequence[Report]) -> str:
    """The reports as XML text, to be stored in UTF-8."""
    root = ElementTree.Element("testsuites", name="autograder")
    for report in map(for_a_student, reports):
        if report.problem or not report.tasks:
            root.append(_suite_of_problem(report))
        else:
            root.extend(_suite(report, task) for task in report.tasks)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    ElementTree.indent(root)
    text = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite_of_problem(report: Report) -> ElementTree.Element:
    return _counted("testsuite", f"{report.submission}: {report.lab or 'no lab'}", [_error_case(report)])


def _error_case(report: Report) -> ElementTree.Element:
    case = _element("testcase", classname=report.submission, name="could be graded")
    why = why_no_points(report) or summary_text(report)
    case.append(_element("error", why, type="not_graded", message=why))
    return case


def _suite(report: Report, task: TaskReport) -> ElementTree.Element:
    cases = [_case(report, task, check) for check in task.checks]
    if not cases:
        cases = [_bare_case(report, task)]
    return _counted("testsuite", f"{report.submission}: {heading(task)}", cases)


def _counted(tag: str, name: str, cases: Sequence[ElementTree.Element]) -> ElementTree.Element:
    suite = _element(tag, name=name)
    suite.set("tests", str(len(cases)))
    suite.set("failures", str(sum(case.find("failure") is not None for case in cases)))
    suite.set("errors", str(sum(case.find("error") is not None for case in cases)))
    suite.extend(cases)
    return suite


def _bare_case(report: Report, task: TaskReport) -> ElementTree.Element:
    check = CheckReport(task.name, meaning(task.outcome), visible=True, outcome=task.outcome, finding=task.finding)
    return _case(report, task, check)


def _case(report: Report, task: TaskReport, check: CheckReport) -> ElementTree.Element:
    case = _element("testcase", classname=f"{report.submission}.{task.name}", name=check.name)
    if check.outcome is Outcome.PASSED:
        return case
    tag = "error" if check.outcome is Outcome.GRADER_ERROR else "failure"
    details = f"{check.sentence}\n{finding_text(check.finding)}" if check.finding else check.sentence
    case.append(_element(tag, details, type=check.outcome.value, message=check.sentence))
    return case


def _element(tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    element = ElementTree.Element(tag, {name: _legal(value) for name, value in attributes.items()})
    element.text = None if text is None else _legal(text)
    return element


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
