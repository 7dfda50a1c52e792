"""A notebook plants compiled programs in the cache that all submissions read, or changes those that are there."""

import hashlib

import jax
from arena import verdicts
from threat import RIGHT, Threat
from weapons import REFUSED, tools, unguarded

PLANTS = """
from pathlib import Path
folder = FOLDER or jax.config.jax_compilation_cache_dir
known = folder + "/" + NAME
Path("mine").write_bytes(b"evil")

def change(path, mode="r+b"):
    with open(path, mode) as stream:
        stream.write(b"evil")

attempt("plant", change, folder + "/jit_evil-cache", "xb")
attempt("change", change, known)
attempt("empty", os.truncate, known, 0)
attempt("allow", os.chmod, known, 0o666)
attempt("make older", os.utime, known, (0, 0))
attempt("link", os.symlink, "/dev/null", folder + "/link")
attempt("make a folder", os.mkdir, folder + "/new")
attempt("look around", os.listdir, folder)
attempt("replace", os.replace, "mine", known)
attempt("remove", os.unlink, known)
"""
# What JAX itself would do, if it were let.
FILLS = """
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
jax.jit(lambda x: x * 3 - x.sum() * 7)(jnp.arange(5)).block_until_ready()
"""

THREAT = Threat(
    34,
    "The shared compilation cache poisoned",
    "Children may open its files and neither list nor write; it is filled before any student's code runs.",
    "shared by all, if one is configured",
)


def cache_of(arena):
    grader = arena.grader()
    return grader._cache(grader._kit(arena.course.labs[0]))


def contents(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_a_notebook_changes_nothing_in_it(arena):
    before = contents(cache_of(arena))
    name = next(name for name in before if name.endswith("-cache"))
    loot = arena.told("loot", tools(), f"FOLDER, NAME = '', {name!r}", PLANTS, FILLS, RIGHT)
    assert len(loot) == 10, "not all was tried"
    assert set(loot.values()) <= {*REFUSED, "EXDEV"}, loot
    assert contents(cache_of(arena)) == before
    assert verdicts(arena.grade(FILLS, RIGHT)) == verdicts(arena.honest)


def test_who_may_write_there_does_all_of_it(tmp_path):
    (tmp_path / "x-cache").write_bytes(b"program")
    imports = "import os; from pathlib import Path; os.chdir(os.path.dirname(FOLDER))"
    folder = tmp_path / "cache"
    folder.mkdir()
    (folder / "x-cache").write_bytes(b"program")
    loot = unguarded(tools(), f"FOLDER, NAME = {str(folder)!r}, 'x-cache'", imports, PLANTS)
    assert set(loot.values()) == {"done"}, loot


def test_the_grader_itself_reads_another_one(arena):
    assert jax.config.jax_compilation_cache_dir != str(cache_of(arena))
