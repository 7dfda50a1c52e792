"""A notebook hooks into the shell that runs it: asserts are dropped, errors stay unseen, points are displayed."""

import pytest
from arena import verdicts
from threat import WRONG, Threat

DROPS_ASSERTS = """\
import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(Drop())
"""
CUTS_LINES = """\
get_ipython().input_transformers_cleanup.append(lambda lines: [one for one in lines if "assert" not in one])
"""
HIDES_ERRORS = """\
get_ipython().showtraceback = lambda *args, **kwargs: None
def well(result):
    result.error_in_exec = None
get_ipython().events.register("post_run_cell", well)
"""
# Where an assert fails, it is a number that comes out: the points of a cell for which a teacher gives some by hand.
SHOWS_POINTS = HIDES_ERRORS.replace("None\ndef", "get_ipython().displayhook(1000)\ndef")
HOOKS = (DROPS_ASSERTS, CUTS_LINES, HIDES_ERRORS, SHOWS_POINTS)

THREAT = Threat(
    3,
    "Hooks of the IPython shell: transformers, events, traceback, display",
    "There is no shell: cells run in a runner of our own, and no check is a cell.",
    "same shell: an `ast_transformer` that drops asserts is used, and no error means full marks",
    (DROPS_ASSERTS, WRONG),
)


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_changes_nothing(arena, hook):
    """What stands in for the shell takes most hooks, and never calls them."""
    assert verdicts(arena.grade(hook, WRONG)) == verdicts(arena.wrong)


def test_in_a_real_shell_it_would(arena):
    assert [arena.fooled_beside_its_tests(hook, WRONG) for hook in HOOKS] == [True] * len(HOOKS)
