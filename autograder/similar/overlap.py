"""A class -> the pairs of answers that look alike. Nothing is run, and nothing of it changes a grade."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from autograder.collect import Submission
from autograder.course import Course, Lab, Task
from autograder.identify import which_lab
from autograder.notebook_file import NotANotebook, read_notebook
from autograder.similar.answers import Answer, answer_to
from autograder.similar.ground import common_ground, given_statements
from autograder.similar.notebook_code import Code, read_code
from autograder.similar.pairs import Entry, Match, compare, entry_of
from autograder.similar.tokens import tokens_of
from autograder.verify.samples import Sample

THRESHOLD = 0.6


@dataclass(frozen=True)
class Side:
    """One of two answers: whose, where it was found, its text, and the lines of it that the other one has too."""

    student: str
    submission: str
    source: str
    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Pair:
    """Two answers to one task that share much which hardly anybody else in the class has.

    Attributes:
        similarity: how much of the smaller one's own material the other has too: 0 to 1.
        shared: how many fingerprints that is.
    """

    lab: str
    task: str
    similarity: float
    shared: int
    first: Side
    second: Side


@dataclass(frozen=True)
class TaskSeen:
    """How far one task could be looked at.

    Attributes:
        answers: how many there are.
        compared: how many say enough of their own; the others are short, or as the course or most of the class have it.
    """

    lab: str
    task: str
    answers: int
    compared: int


@dataclass(frozen=True)
class Overlap:
    """What came of a class: pairs, the strongest first; each task; and sentences on what could not be looked at."""

    pairs: tuple[Pair, ...]
    tasks: tuple[TaskSeen, ...]
    students: int
    problems: tuple[str, ...]

    @property
    def untold(self) -> int:
        """How many tasks have too little to tell anything: fewer than two answers can be compared."""
        return sum(task.compared < 2 for task in self.tasks)


@dataclass(frozen=True)
class _Given:
    """One answer with what is needed to show and to compare it."""

    submission: Submission
    answer: Answer
    entry: Entry


@dataclass
class _Class:
    """What has been read: by lab and task, the answers; by lab, what its notebook holds anyway; who handed in."""

    answers: dict[str, dict[str, list[_Given]]] = field(default_factory=dict)
    statements: dict[str, frozenset[str]] = field(default_factory=dict)
    students: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)


def find_overlap(
    submissions: Iterable[Submission],
    course: Course,
    samples: Sequence[Sample] = (),
    *,
    labs: Collection[str] = (),
    threshold: float = THRESHOLD,
    problems: Sequence[str] = (),
    on_read: Callable[[], None] = lambda: None,
) -> Overlap:
    """The pairs of answers by different students whose similarity is at least `threshold`.

    Args:
        submissions: of the whole class; the larger it is, the better is it known what many write.
        course: which labs and tasks there are.
        samples: right answers that are common ground, beside the course's own.
        labs: look at these alone; at all where none is named.
        threshold: 0 to 1.
        problems: sentences on what could not even be collected.
        on_read: told after each submission.

    Raises:
        CourseError: a lab's source cannot be read.
    """
    read = _Class(problems=list(problems))
    for submission in submissions:
        _read(submission, course, labs, read)
        on_read()
    pairs: list[Pair] = []
    seen: list[TaskSeen] = []
    for lab in course.labs:
        by_task = read.answers.get(lab.name)
        if by_task is None:
            continue
        ground = common_ground(lab, samples)
        for task in lab.tasks:
            given = by_task[task.name]
            found = compare([one.entry for one in given], ground[task.name], threshold)
            seen.append(TaskSeen(lab.name, task.name, len(given), found.compared))
            pairs += [_pair(match, task, given) for match in found.matches]
    pairs.sort(key=lambda pair: -pair.similarity * pair.shared)
    return Overlap(tuple(pairs), tuple(seen), len(read.students), tuple(read.problems))


def _read(submission: Submission, course: Course, labs: Collection[str], read: _Class) -> None:
    if submission.problem:
        read.problems.append(f"{submission.source}: {submission.problem}")
        return
    try:
        notebook = read_notebook(submission.data)
    except NotANotebook as problem:
        read.problems.append(f"{submission.source}: {problem}")
        return
    lab = which_lab(notebook, submission.filename, course)
    if lab is None:
        read.problems.append(f"{submission.source}: which lab it answers cannot be told. Name the file after its lab.")
    elif not labs or lab.name in labs:
        read.students.add(submission.student)
        _take(submission, lab, read_code(notebook.cells), read)


def _take(submission: Submission, lab: Lab, code: Code, read: _Class) -> None:
    by_task = read.answers.setdefault(lab.name, {task.name: [] for task in lab.tasks})
    if lab.name not in read.statements:
        read.statements[lab.name] = given_statements(lab)
    for task, answer in _attempted(lab, code, read.statements[lab.name]):
        given = by_task[task.name]
        entry = entry_of(submission.student, len(given), tokens_of(answer.text, answer.imported))
        given.append(_Given(submission, answer, entry))


def _attempted(lab: Lab, code: Code, statements: frozenset[str]) -> Iterator[tuple[Task, Answer]]:
    names = [task.name for task in lab.tasks]
    for task in lab.tasks:
        answer = answer_to(task.name, code, names, statements)
        if answer is not None and answer.text.strip() != task.starter.strip():
            yield task, answer


def _pair(match: Match, task: Task, given: Sequence[_Given]) -> Pair:
    first = _side(given[match.first], match.first_lines)
    second = _side(given[match.second], match.second_lines)
    return Pair(task.lab, task.name, match.similarity, match.shared, first, second)


def _side(given: _Given, lines: Iterable[int]) -> Side:
    submission = given.submission
    text, lines = given.answer.text, tuple(sorted(lines))
    return Side(submission.student, submission.id, submission.source, text, lines)
