"""XLA is told to compile quickly, and told nothing that it does not know."""

import subprocess
import sys

import pytest

from autograder.sandbox import _start, xla

PROGRAM = "import jax; print(float(jax.jit(lambda x: (x * 2).sum())(jax.numpy.arange(4.0))))"


@pytest.mark.parametrize("level", [0, 1])
def test_the_installed_xla_knows_the_options(level):
    environment = {"XLA_FLAGS": xla.quick_options(level), "JAX_PLATFORMS": "cpu"}
    ended = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True)
    assert ended.stdout.strip() == "12.0", ended.stderr


def test_an_option_goes_only_to_the_version_that_has_it(monkeypatch):
    monkeypatch.setattr(xla, "version", lambda name: "0.10.2")
    assert xla.quick_options() == "--xla_backend_optimization_level=1 --xla_cpu_use_fusion_emitters=false"
    monkeypatch.setattr(xla, "version", lambda name: "0.12.0")
    assert xla.quick_options(0) == "--xla_backend_optimization_level=0"


def test_untrusted_programs_start_with_them(tmp_path):
    assert _start.environment(tmp_path)["XLA_FLAGS"] == xla.quick_options()
