"""A file's place -> whose it is, and an id for it.

Teachers keep hand-ins in many ways; a name is read off the file's own path alone, so that it stays the same whatever
else is in the class:

    submitted/ada/ps1/lab.ipynb                             nbgrader: the folder after `submitted`
    Ada Lovelace_123_assignsubmission_file_/lab.ipynb       Moodle: what stands before the number
    lovelaceada_4321_8765_lab.ipynb                         Canvas: what stands before the numbers
    class/ada/ps1/03_random_keys.ipynb                      the nearest folder that is named for nothing else
    ada.ipynb, ada_03_random_keys.ipynb                     the file itself
"""

import hashlib
import re
import unicodedata

from autograder.plain_text import one_line

_MOODLE = re.compile(r"(?P<name>.+?)_\d+_assignsubmission_[a-z]+(?:_|$)", re.I)
_CANVAS = re.compile(r"(?P<name>[^_]+)_(?:late_)?\d{3,}_\d{3,}_", re.I)
_HOLDS_MANY = re.compile(
    r"(submitted|submissions?|hand-?ins?|class(room)?|students?|notebooks?|labs?|exercises|solutions|autograded|release"
    r"|source|feedback|downloads|documents|desktop|uploads?|files|content|home(work)?|assignments?|tmp|root|users|src"
    r"|data(sets?)?|images?|img|figures|plots|\.*)",
    re.I,
)
_NAMES_WORK = re.compile(
    r"(lab|ps|hw|homework|assignment|week|exercise|ex|problem[-_ ]?set|sheet|project|task|part|unit|notebook|untitled"
    r"|answers?|solution|submission|test|copy[-_ ]of.*)s?[-_ ]?(\d+|\(\d+\))?|\d{1,2}|\d{1,2}[-_. ]+[a-z].*",
    re.I,
)
_WITH_A_LAB = re.compile(r"(?P<name>[^\d_ -].*?)[-_ ]+\d{1,2}[-_][a-z].*", re.I)
# What Windows keeps for devices, whatever the suffix.
_DEVICES = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_LONGEST_PART = 60


def student_of(given: str, parts: tuple[str, ...]) -> str:
    """Who handed in the file at `parts` below the given path, whose own last name is `given` ("" for none)."""
    return one_line(unicodedata.normalize("NFC", _owner(given, parts)[0]), 100)


def student_folder(given: str, parts: tuple[str, ...]) -> tuple[str, ...]:
    """The folder that bears the student's name; () where that is the given one, or the file itself bears it."""
    return parts[: _owner(given, parts)[1]]


def place_of_folder(path: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """(given, parts above) of a folder with this real path: in nbgrader's tree, all from `submitted` on counts."""
    if "submitted" in path:
        return "submitted", path[len(path) - path[::-1].index("submitted") :]
    return path[-1] if path else "", ()


def place_of_file(path: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """(given, parts) of a file that was given by its own path: as much of the path as names its student."""
    *folders, name = path
    if "submitted" in folders:
        given, above = place_of_folder(tuple(folders))
        return given, (*above, name)
    for start in range(len(folders) - 1, max(-1, len(folders) - 4), -1):
        if not _NAMES_WORK.fullmatch(stem_of(name)) or _HOLDS_MANY.fullmatch(folders[start]):
            break
        if _may_be_a_person(folders[start]):
            return "", path[start:]
    return "", (name,)


def stem_of(filename: str) -> str:
    """The file's name without its suffix."""
    return filename.rsplit(".", 1)[0] or filename


def id_of(given: str, parts: tuple[str, ...]) -> str:
    """An id for the file, of lower-case ASCII letters, digits, `_`, `-` and `~`: safe as a name on every disk.

    It is `ada--03_random_keys` for `ada/03_random_keys.ipynb` and `ada` for `ada.ipynb`. Wherever the path says more
    than that, eight digits of its hash follow after a `~`, so two paths never share an id.
    """
    student, stem = student_of(given, parts), stem_of(parts[-1])
    label = (stem,) if len(parts) == 1 and student != given else (student, stem)
    plain = "--".join(_slug(part) for part in label)
    path = (student, *parts) if len(parts) == 1 and student == given else parts
    if path == (*label[:-1], f"{stem}.ipynb") and plain == "--".join(label) and not _DEVICES.fullmatch(plain):
        return plain
    return f"{plain}~{digest('/'.join(path))}"


def digest(text: str) -> str:
    """Eight hexadecimal digits that stand for `text`, whichever way the disk composes its accents."""
    data = unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:8]


def _owner(given: str, parts: tuple[str, ...]) -> tuple[str, int]:
    """(name, how many folders of `parts` lead to the folder that bears it)."""
    return _by_system(given, parts) or _by_folder(parts) or _by_file(given, parts)


def _by_system(given: str, parts: tuple[str, ...]) -> tuple[str, int] | None:
    for depth, part in enumerate(parts, 1):
        if match := _MOODLE.match(part) or _CANVAS.match(part):
            return match["name"], depth if depth < len(parts) else 0
    for depth, (above, folder) in enumerate(zip((given, *parts), parts[:-1], strict=False), 1):
        if above == "submitted":
            return folder, depth
    return None


def _by_folder(parts: tuple[str, ...]) -> tuple[str, int] | None:
    """The nearest folder that may be a person; one named like the file is rather the work's than the student's."""
    people = [(name, depth) for depth, name in enumerate(parts[:-1], 1) if _may_be_a_person(name)]
    others = [(name, depth) for name, depth in people if _slug(name) != _slug(stem_of(parts[-1]))]
    return next(reversed(others or people), None)


def _by_file(given: str, parts: tuple[str, ...]) -> tuple[str, int]:
    """The name in the file's own name; for a file named for the work alone, that of the nearest folder."""
    stem = stem_of(parts[-1])
    if match := _WITH_A_LAB.fullmatch(stem):
        return match["name"], 0
    folders = [(name, depth) for depth, name in enumerate((given, *parts[:-1])) if not _HOLDS_MANY.fullmatch(name)]
    if not folders or not _NAMES_WORK.fullmatch(stem):
        return stem, 0
    numbered = [(name, depth) for name, depth in folders if name.isdecimal()]  # students without names
    return numbered[-1] if numbered else folders[0 if _may_be_a_person(folders[0][0]) else -1]


def _may_be_a_person(name: str) -> bool:
    return not (_HOLDS_MANY.fullmatch(name) or _NAMES_WORK.fullmatch(name))


def _slug(text: str) -> str:
    ascii_only = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9_]+", "-", ascii_only).strip("-")[:_LONGEST_PART].strip("-") or "student"
