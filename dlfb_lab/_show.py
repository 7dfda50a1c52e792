"""Shows something in a notebook, as a page, or prints its text where there is none."""

import sys


def show(shown: object) -> None:
    """Display `shown` in a notebook; print its text anywhere else."""
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        _print(shown)
        return
    if get_ipython() is None:
        _print(shown)
    else:
        display(shown)


def _print(shown: object) -> None:
    """On Windows, what is not a console may know few signs; each mark has its word beside it anyway."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(str(shown).encode(encoding, "replace").decode(encoding))
