"""Instruments that run beside the student's code and return plain data.

A probe observes an answer where it lives. In the student's own kernel it is a plain call; in the grader the same call
runs inside the sandbox, and what comes back is a claim by the student's process. So a probe returns observations, never
verdicts: the check compares them, on its own side.

    seen = probes.observe(two_draws, key, watch="keys")
    seen.value         what the call returned
    seen.key_uses      what the random keys served for

Which tool shows what:

    what is seen                                        where it lives
    T1  what an exception means                         dlfb_lab/_translate.py, for every failure
    T2  a result thrown away, and other lines           dlfb_lab/_lint.py, for every failure
    T3  a write that nobody uses                        program(...).dead
    T4  primitives, unused arguments, constants         program, observe(watch="primitives")
    T5  a program that grows with its input             growth
    T6  keys that serve twice                           observe(watch="keys"), then expect_fresh_keys
    T7  JAX's own check of keys                         not used: T6 sees what it does, and raw keys too
    T8  statistics of many draws                        each, then NumPy in the check
    T9  traces and compilations                         observe(watch="traces"), then expect_compiles
    T10 a tracer left behind                            observe(watch="leaks")
    T11 the same again, and what a call changed         purity, observe(watch="printed")
    T12 inputs as they were                             observe(...).inputs_after
    T13 relations (permuted, scaled, one by one)        in the check, by the data it sends; mapped, jitted
    T14 slopes                                          gradient, steepness; planted edge points by data
    T15 spies                                           dlfb_lab/props, read with report
    T16 poison: NaN where nobody may look               in the check, by the data it sends
    T17 warnings                                        observe(watch="warnings")
    T18 dtype, weak type, kind; leaves of a tree        facts, tree, fields, parts
    T19 settings                                        under, observe(watch="settings")

Beside them: `pull` calls a method, `take` reads an iterator.
"""

from dlfb_lab.probes._each import each as each
from dlfb_lab.probes._gradient import Gradient as Gradient
from dlfb_lab.probes._gradient import Steepness as Steepness
from dlfb_lab.probes._gradient import gradient as gradient
from dlfb_lab.probes._gradient import steepness as steepness
from dlfb_lab.probes._jitted import jitted as jitted
from dlfb_lab.probes._mapped import mapped as mapped
from dlfb_lab.probes._observe import KeyUses as KeyUses
from dlfb_lab.probes._observe import Seen as Seen
from dlfb_lab.probes._observe import observe as observe
from dlfb_lab.probes._program import Program as Program
from dlfb_lab.probes._program import growth as growth
from dlfb_lab.probes._program import program as program
from dlfb_lab.probes._pull import pull as pull
from dlfb_lab.probes._purity import Failed as Failed
from dlfb_lab.probes._purity import Purity as Purity
from dlfb_lab.probes._purity import purity as purity
from dlfb_lab.probes._read import facts as facts
from dlfb_lab.probes._read import fields as fields
from dlfb_lab.probes._read import parts as parts
from dlfb_lab.probes._read import report as report
from dlfb_lab.probes._read import take as take
from dlfb_lab.probes._registry import instrument as instrument
from dlfb_lab.probes._settings import under as under
from dlfb_lab.probes._tree import tree as tree
