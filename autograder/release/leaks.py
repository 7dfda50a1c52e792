"""Looks for a course's secrets in files, in what notebooks and archives hold, and in all that git remembers."""

import io
import json
import re
import subprocess
import tarfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.release.place import files_in
from autograder.release.secrets import Secret, squeezed, without_comments
from autograder.stub import BEGIN, END

_DEEPEST = 4
_FOLDERS = {"solutions", "hidden"}


def leaks(files: Mapping[str, bytes], secrets: Iterable[Secret]) -> list[str]:
    """A sentence for each secret that a file holds: which, and where."""
    secrets = list(secrets)
    found = [f"{path}: a folder of that name is a teacher's" for path in files if _FOLDERS & set(path.split("/")[:-1])]
    for path, data in files.items():
        found += [f"{path}: {what}" for what in _in_texts(list(_texts(path, data, 0)), secrets)]
    return found


def folder_files(folder: Path) -> dict[str, bytes]:
    """Every file of `folder`, virtual environments aside, and every object that a git repository there remembers.

    Raises:
        OSError: a file cannot be read, or git is missing or cannot read its repository.
    """
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_in(folder) if path.is_file()}
    return files | (git_objects(folder) if (folder / ".git").exists() else {})


def git_objects(folder: Path) -> dict[str, bytes]:
    """All objects of the git repository in `folder`, whether a branch still leads to them or not.

    Raises:
        OSError: git is missing, or cannot read its repository.
    """
    command = ["git", "-C", str(folder), "cat-file", "--batch-all-objects", "--batch", "--buffer"]
    try:
        done = subprocess.run(command, capture_output=True, check=True)
    except subprocess.CalledProcessError as error:
        raise OSError(f"git cannot read its repository in {folder}: {error.stderr.decode(errors='replace')}") from error
    return dict(_objects(done.stdout))


def _objects(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while at < len(data):
        end = data.index(b"\n", at)
        name, kind, size = data[at:end].decode().split()
        yield f"git {kind} {name[:10]}", data[end + 1 : end + 1 + int(size)]
        at = end + 2 + int(size)


def _in_texts(texts: list[str], secrets: list[Secret]) -> Iterator[str]:
    plain, code = "\n".join(texts), squeezed("\n".join(map(without_comments, texts)))
    prose = squeezed(plain)
    words = set(re.findall(r"\w+", plain))
    yield from dict.fromkeys(one.what for one in secrets if _holds(one, words, prose, code))
    if any(line.strip() in (BEGIN, END) for line in plain.splitlines()):
        yield f"a line `{BEGIN}` or `{END}`"


def _holds(secret: Secret, words: set[str], prose: str, code: str) -> bool:
    return secret.text in words if secret.is_word else secret.text in code or secret.text in prose


def _texts(path: str, data: bytes, depth: int) -> Iterator[str]:
    """The text of a file, what its JSON strings say, and the texts of all that is packed into it."""
    if depth < _DEEPEST:
        for name, member in _members(data):
            yield name
            yield from _texts(name, member, depth + 1)
    text = data.decode("utf-8", "replace")
    yield text
    if text.lstrip("\ufeff \r\n\t").startswith(("{", "[")):
        try:
            yield "\n".join(_strings(json.loads(text.removeprefix("\ufeff"))))
        except (ValueError, RecursionError):
            return


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    if data.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from ((name, archive.read(name)) for name in archive.namelist())
    elif data.startswith(b"\x1f\x8b"):
        with tarfile.open(fileobj=io.BytesIO(data)) as packed:
            for member in packed:
                file = packed.extractfile(member) if member.isfile() else None
                if file is not None:
                    yield member.name, file.read()


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            yield from _strings(item)
    elif isinstance(value, list):
        lines = [item for item in value if isinstance(item, str)]
        yield "".join(lines) if len(lines) == len(value) else ""
        for item in value:
            yield from _strings(item)
