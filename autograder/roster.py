"""Who is in the class: students by id, e-mail or name, and their groups.

Hand-ins bear the names of folders and files, which are typed by people and cut by learning management systems. So a
student is looked up first by what is unique (id, e-mail, id in the school's system, names told in `handed_in_as`, the
full name), then without spaces, case and marks, in either order of the names. What could be two students is neither.
"""

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property


class RosterError(ValueError):
    """A roster that cannot be used. The message names the place, what is wrong and what to do."""


@dataclass(frozen=True)
class Student:
    """One student of the class.

    Attributes:
        id: unique in the class, such as the login or the number of matriculation.
        name: for people to read; the id where none is known.
        email: "" where none is known.
        sis_id: the id in the school's system, by which learning management systems match; "" where none is known.
        group: with whom work is handed in together; "" for alone.
        handed_in_as: further names under which work arrives, such as that of a folder.
    """

    id: str
    name: str
    email: str = ""
    sis_id: str = ""
    group: str = ""
    handed_in_as: tuple[str, ...] = ()


@dataclass(frozen=True)
class Roster:
    """The class, in the order in which it was written down. An empty one knows nobody."""

    students: tuple[Student, ...] = ()

    def __post_init__(self) -> None:
        _refuse_a_name_used_twice(self.students)

    def __bool__(self) -> bool:
        return bool(self.students)

    def find(self, text: str) -> Student | None:
        """The student that `text` means: an id, an e-mail address, a name, a folder's name; None for none or two."""
        exact, loose = self._by_key
        found = exact.get(_plain(text)) or loose.get(_letters(text)) or []
        return found[0] if len(found) == 1 else None

    def of_group(self, group: str) -> tuple[Student, ...]:
        """The members of a group."""
        return tuple(self._by_group.get(group, ())) if group else ()

    def together_with(self, student: Student) -> tuple[Student, ...]:
        """All who hand in together with a student, that student included."""
        return self.of_group(student.group) or (student,)

    def nearest(self, text: str) -> tuple[str, ...]:
        """Ids and names that look like `text`, best first, at most three."""
        return nearest_names(text, [word for student in self.students for word in (student.id, student.name)])

    @cached_property
    def _by_key(self) -> tuple[dict[str, list[Student]], dict[str, list[Student]]]:
        """Who is meant by what is unique, and by what is loosely written."""
        exact: dict[str, list[Student]] = {}
        loose: dict[str, list[Student]] = {}
        for index, keys_of in ((exact, _exact_keys), (loose, _loose_keys)):
            for student in self.students:
                for key in keys_of(student):
                    index.setdefault(key, []).append(student)
        return exact, loose

    @cached_property
    def _by_group(self) -> dict[str, list[Student]]:
        index: dict[str, list[Student]] = {}
        for student in self.students:
            index.setdefault(student.group, []).append(student)
        return index


def nearest_names(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Those of `known` that look like `text`, whatever their case, best first, at most three."""
    words = {word.casefold(): word for word in known}
    return tuple(words[word] for word in difflib.get_close_matches(text.casefold(), words, 3, cutoff=0.5))


def did_you_mean(text: str, known: Iterable[str]) -> str:
    """A question such as " Did you mean ada or adam?", with a space before it; "" where nothing looks like `text`."""
    near = nearest_names(text, known)
    return f" Did you mean {' or '.join(near)}?" if near else ""


def _plain(text: str) -> str:
    """`text` in one way of writing it: composed accents, single spaces, no case."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _letters(text: str) -> str:
    """The letters and digits of `text` alone."""
    return re.sub(r"[\W_]+", "", _plain(text))


def _exact_keys(student: Student) -> set[str]:
    told = (student.id, student.email, student.sis_id, student.name, *student.handed_in_as)
    return {_plain(text) for text in told if text}


def _loose_keys(student: Student) -> set[str]:
    words = student.name.replace(",", " ").split()
    turned = [words[-1], *words[:-1]] if words else []
    login = student.email.partition("@")[0]
    return {_letters(text) for text in (*_exact_keys(student), "".join(words), "".join(turned), login)} - {""}


def _refuse_a_name_used_twice(students: tuple[Student, ...]) -> None:
    labels: tuple[tuple[str, Callable[[Student], str]], ...] = (
        ("id", lambda student: student.id),
        ("e-mail address", lambda student: student.email),
        ("SIS id", lambda student: student.sis_id),
    )
    for label, of in labels:
        seen: dict[str, Student] = {}
        for student in students:
            key = _plain(of(student))
            if key and key in seen:
                raise RosterError(
                    f"{seen[key].name} and {student.name} have the same {label} {of(student)!r}. Correct one of them."
                )
            seen[key] = student
