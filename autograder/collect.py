"""Files, folders and zips -> submissions."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Submission:
    """One file as a student handed it in.

    Attributes:
        id: unique within a run, safe as a file name.
        student: the name it was handed in under; the file's stem when nothing better is known.
        source: where it was found, for a person to read, such as "class.zip: ada/03_random_keys.ipynb".
        filename: the file's own name, such as "03_random_keys.ipynb".
        data: its bytes, never more than the size limit.
        problem: why its bytes could not be taken ("" when they could), one sentence.
    """

    id: str
    student: str
    source: str
    filename: str
    data: bytes
    problem: str = ""
