"""A finding: which misconception a failed check shows, and the evidence for it, as plain data."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class SourceLine:
    """A line of the student's own code. `cell` counts code cells from 1; None where the cell is not known."""

    cell: int | None
    number: int
    text: str


@dataclass(frozen=True)
class Diagnosis:
    """One entry of `diagnoses.toml`: what a learner who made this mistake should read.

    Attributes:
        name: the speaking name, such as "set-instead-of-add".
        code: the code of the misconception in the catalogue, such as "A5"; "" for a general one.
        title: what we saw, in one sentence that holds for every input.
        why: why it happens.
        look: what to look at next. Never the answer.
        link: a page that explains it.
    """

    name: str
    code: str
    title: str
    why: str
    look: str
    link: str


@dataclass(frozen=True)
class Finding:
    """What one failed check found.

    Attributes:
        diagnosis: a name in `diagnoses.toml`.
        saw: what happened this time, in one sentence; may quote inputs, so a hidden check drops it.
        evidence: labelled texts such as ("inputs", "..."), ("expected", "..."), ("got", "...").
        line: the student's own line that shows it, where one is known.
    """

    diagnosis: str
    saw: str = ""
    evidence: tuple[tuple[str, str], ...] = field(default=())
    line: SourceLine | None = None

    def redacted(self) -> "Finding":
        """The finding as a hidden check may show it: the diagnosis alone, no input, no value, no message.

        No line either: which line is named is the word of the student's process, which has seen the inputs.
        """
        return Finding(self.diagnosis)


@cache
def diagnoses() -> dict[str, Diagnosis]:
    """Every diagnosis by name, from `diagnoses.toml`."""
    text = resources.files("dlfb_lab").joinpath("diagnoses.toml").read_text("utf-8")
    return {name: Diagnosis(name=name, **entry) for name, entry in tomllib.loads(text).items()}


def diagnosis(name: str) -> Diagnosis:
    """The diagnosis called `name`.

    Raises:
        KeyError: no entry of `diagnoses.toml` has that name.
    """
    try:
        return diagnoses()[name]
    except KeyError:
        raise KeyError(f"diagnoses.toml has no entry [{name}]. Add one, or correct the name in the check.") from None
