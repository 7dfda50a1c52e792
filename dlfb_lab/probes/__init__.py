"""Instruments that run beside the student's code and return plain data.

A probe observes an answer where it lives. In the student's own kernel it is a plain call; in the grader the same call
runs inside the sandbox, and what comes back is a claim by the student's process. So a probe returns observations, never
verdicts: the check compares them, on its own side.

    seen = probes.observe(two_draws, key, watch="keys")
    seen.value         what the call returned
    seen.key_uses      what the random keys served for
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
