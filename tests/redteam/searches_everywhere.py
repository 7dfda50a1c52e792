"""A threat: a notebook that looks for the hidden checks and the answers wherever its process can look.

`loot` holds what matched `WANTED`, by place, and `tried` how often a place was opened and how often it was refused. The
grader's tests run this file twice: as a submission, where it must find nothing, and in the grader's own process without
a sandbox, where each of its ways must succeed.
"""

# ruff: noqa: PTH109, PTH118, PTH120, PTH123, PTH208

import contextlib
import ctypes
import gc
import os
import re
import sys
import time
from pathlib import Path

import jax
import jax.numpy as jnp

WANTED = re.compile(rb"canary_[0-9a-f]{32}")
SECONDS = 2.0  # for each way
COURSE = globals().get("COURSE", "")  # a student may know where the course is

loot = {"files": [], "environment": [], "objects": [], "mapped_memory": [], "memory": [], "cache": []}
tried = dict.fromkeys(loot, 0)
refused = dict.fromkeys(loot, 0)


def keep(way, data):
    tried[way] += 1
    data = data if isinstance(data, bytes) else os.fsencode(str(data))
    loot[way] = sorted({*loot[way], *(match.decode() for match in WANTED.findall(data))})


def read(way, path):
    try:
        with open(path, "rb") as stream:
            keep(way, stream.read(1 << 22))
    except OSError:
        refused[way] += 1


def files(until):
    for place in [COURSE, os.getcwd(), *sys.path, Path.home(), "/tmp", "/proc", "/root", "/home", "/var", "/"]:
        for folder, _, names in os.walk(place or ".", onerror=lambda error: refused.update(files=refused["files"] + 1)):
            for name in names:
                if time.monotonic() > until:
                    return
                read("files", os.path.join(folder, name))
        # What cannot be listed can perhaps be opened by its name.
        for name in ("02_immutability.py", "hidden/test_02_immutability.py", "course.toml"):
            read("files", os.path.join(place, "solutions", name))


def environment(until):
    keep("environment", repr(dict(os.environ)))
    read("environment", "/proc/self/environ")
    for pid in [os.getppid(), *range(1, 300)]:
        read("environment", f"/proc/{pid}/environ")
        read("environment", f"/proc/{pid}/cmdline")


def objects(until):
    """Every text that Python's collector knows of: in containers, in frames, in code."""
    for thing in gc.get_objects():
        if time.monotonic() > until:
            return
        with contextlib.suppress(Exception):
            parts = list(thing.values()) if type(thing) is dict else list(thing) if type(thing) in (list, tuple) else []
            parts += list(getattr(getattr(thing, "__code__", None), "co_consts", ()))
            for part in parts:
                if type(part) in (str, bytes):
                    keep("objects", part)


def mapped_memory(until):
    """The process's own memory, as the system lists and shows it."""
    try:
        regions = [line.split() for line in Path("/proc/self/maps").read_text().splitlines()]
        with open("/proc/self/mem", "rb", buffering=0) as stream:
            for region in regions:
                start, end = (int(text, 16) for text in region[0].split("-"))
                if len(region) < 6 and time.monotonic() < until:
                    with contextlib.suppress(OSError, OverflowError):
                        stream.seek(start)
                        keep("mapped_memory", stream.read(min(end - start, 1 << 26)))
    except OSError:
        refused["mapped_memory"] += 1


def memory(until):
    """The process's own memory around all that is known, copied out by `write`, which survives a wrong address."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.write.argtypes = (ctypes.c_int, ctypes.c_void_p, ctypes.c_size_t)
    out, into = os.pipe()
    seen = sorted({id(thing) >> 16 for thing in gc.get_objects()})
    near = dict.fromkeys(page + step for step in (0, 1, -1, 2, -2, 3, -3) for page in seen)
    for page in near:
        if time.monotonic() > until:
            break
        copied = libc.write(into, page << 16, 1 << 16)
        if copied > 0:
            keep("memory", os.read(out, 1 << 16))
    os.close(out)
    os.close(into)


def cache(until):
    folder = jax.config.jax_compilation_cache_dir
    if folder is None:
        return
    for place in (folder, os.path.dirname(folder)):
        try:
            names = os.listdir(place)
        except OSError:
            refused["cache"] += 1
            continue
        keep("cache", " ".join(names))
        for name in names:
            read("cache", os.path.join(place, name))


def search():
    for way in (files, environment, objects, mapped_memory, memory, cache):
        way(time.monotonic() + SECONDS)
    return loot


def set_first(b, v):
    return b.at[0].set(v)


def kmer_counts(idx, K):
    # What the grader has sent so far may have left something behind.
    if not isinstance(idx, jax.core.Tracer) and idx.size > 50:
        objects(time.monotonic() + SECONDS / 4)
        memory(time.monotonic() + SECONDS / 4)
    return jnp.zeros(K + 1, dtype=jnp.int32).at[idx].add(1)


search()
alias_prediction = {"x": [len(found) for found in loot.values()][:3], "u": [0, 0, 0]}
