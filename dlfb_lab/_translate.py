"""An exception of the student's code -> the misconception it shows, and the student's own line.

Types are matched before texts, because the wording of messages moves between releases of JAX. The first row that
matches wins, so the special ones stand before the general ones.
"""

import builtins
import linecache
import re
import traceback

from dlfb_lab._errors import ErrorData
from dlfb_lab._finding import SourceLine

# (name of the type or of one it derives from, pattern in its message, diagnosis)
_ROWS: tuple[tuple[str, str, str], ...] = (
    ("MagicRefused", "", "magic-refused"),
    ("KeyReuseError", "", "key-reused"),
    ("TracerBoolConversionError", "", "python-if-on-tracer"),
    ("TracerIntegerConversionError", "", "traced-integer"),
    ("NonConcreteBooleanIndexError", "", "boolean-mask-in-jit"),
    ("TracerArrayConversionError", "", "numpy-on-tracer"),
    ("UnexpectedTracerError", "", "leaked-tracer"),
    ("ConcretizationTypeError", r"size argument", "size-needed"),
    ("ConcretizationTypeError", r"arange|[Ss]hapes? must", "traced-shape"),
    ("ConcretizationTypeError", "", "concrete-value-in-jit"),
    ("ApplyScopeInvalidVariablesStructureError", "", "nested-params"),
    ("ScopeCollectionNotFound", "", "params-not-wrapped"),
    ("CallCompactUnboundModuleError", "", "params-not-wrapped"),
    ("AssignSubModuleError", "", "module-setup"),
    ("ScopeParamShapeError", "", "module-setup"),
    ("SetAttributeFrozenModuleError", "", "module-setup"),
    ("InvalidRngError", "", "dropout-rng"),
    ("ModifyScopeVariableError", "", "batch-stats-frozen"),
    ("FrozenInstanceError", "", "frozen-state"),
    ("TypeError", r"_IndexUpdate\w+", "at-not-a-call"),
    ("AttributeError", r"_IndexUpdate\w+", "at-not-a-call"),
    ("TypeError", r"JAX arrays are immutable|does not support item assignment", "item-assignment"),
    ("TypeError", r"requires ndarray or scalar arguments, got.*(list|tuple)", "list-not-array"),
    ("TypeError", r"invalid PRNG key data|unexpected PRNG key type", "seed-not-key"),
    ("TypeError", r"key<\w+>|PRNGKey dtype cannot be converted|PRNGKeyArray", "key-is-no-number"),
    ("ValueError", r"from key<\w+> to", "key-is-no-number"),
    ("TypeError", r"iteration over a 0-d key array", "single-key-unpacked"),
    ("TypeError", r"fold_in accepts a scalar", "many-numbers-folded-in"),
    ("ValueError", r"accepts a single key", "many-keys-at-once"),
    ("TypeError", r"Shapes must be 1D sequences of concrete values", "traced-shape"),
    ("TypeError", r"In a call to primitive random_split", "traced-shape"),
    ("TypeError", r"non-tuple sequence for multidimensional indexing", "list-as-index"),
    ("AttributeError", r"'numpy\.\w+' object has no attribute 'at'", "numpy-has-no-at"),
    ("IndexError", r"Slice entries must be static|static start/stop", "traced-shape"),
    ("TypeError", r"Error interpreting argument(.|\n)*at path self\b", "self-in-jit"),
    ("TypeError", r"Error interpreting argument", "string-argument"),
    ("ValueError", r"Non-hashable static arguments", "unhashable-static"),
    ("ValueError", r"invalid argnames", "unknown-static-name"),
    ("TypeError", r"unsupported format string passed to \w*Tracer|unhashable type: '\w*Tracer'", "traced-text"),
    ("ValueError", r"vmap got inconsistent sizes", "inconsistent-batch"),
    ("ValueError", r"rank should be at least", "scalar-mapped"),
    ("ValueError", r"tree prefix", "in-axes-tree"),
    ("ValueError", r"in_axes must be", "in-axes-form"),
    ("TypeError", r"in_axes must be", "in-axes-form"),
    ("TypeError", r"Gradient only defined for scalar-output(.|\n)*Output was", "aux-without-has-aux"),
    ("TypeError", r"Gradient only defined for scalar-output", "grad-of-vector"),
    ("TypeError", r"requires real- or complex-valued inputs", "integer-grad"),
    ("TypeError", r"requires real-valued outputs", "flat-step-grad"),
    ("TypeError", r"expected function with aux output", "has-aux-without-aux"),
    ("TypeError", r"Expected a callable value(.|\n)*\bvmap\(", "map-of-value"),
    ("TypeError", r"Expected a callable value", "grad-of-value"),
    ("TypeError", r"requires at least \d+ positional", "grad-by-keyword"),
    ("FloatingPointError", r"invalid value \(nan\)", "nan-found"),
    ("ValueError", r"Reverse-mode differentiation does not work for lax.while_loop", "reverse-while"),
    ("TypeError", r"carry input and carry output must have equal types", "carry-changes-type"),
    ("TypeError", r"scan body output must be a pair", "scan-body-pair"),
    ("TypeError", r"branch(es)? (outputs|must)", "unequal-branches"),
    ("RuntimeError", r"Array has been deleted", "donated-buffer"),
    ("ValueError", r"deleted or donated", "donated-buffer"),
    ("ValueError", r"rank_promotion", "rank-promotion"),
    ("ValueError", r"truth value of an array(.|\n)*\bchoice\(", "draw-arguments"),
    ("TypeError", r"shape argument of \S+choice must be", "draw-arguments"),
    ("IndexError", r"\bcategorical\(", "draw-arguments"),
    ("ValueError", r"truth value of an array", "truth-of-an-array"),
    ("ValueError", r"requires the current value of parameters", "decay-without-params"),
    ("ValueError", r"(assignment|output array) (destination )?is read-only", "read-only-array"),
    ("ValueError", r"too many values to unpack", "too-many-keys-unpacked"),
    ("TypeError", r"incompatible shapes for broadcasting", "shapes-do-not-fit"),
    ("ValueError", r"[Ii]ncompatible shapes for broadcasting|could not be broadcast together", "shapes-do-not-fit"),
    ("TypeError", r"Cannot interpret '[-\d.]+' as a data type", "number-as-dtype"),
    ("TypeError", r"missing \d+ required|unexpected keyword argument|positional arguments? but", "wrong-arguments"),
    ("TypeError", r"NoneType", "none-as-value"),
    ("TypeError", r"object is not callable", "not-a-function"),
    ("AttributeError", r"'NoneType' object", "none-as-value"),
    ("JaxRuntimeError", r"RESOURCE_EXHAUSTED", "out-of-memory"),
    ("ZeroDivisionError", "", "python-division-by-zero"),
    ("MemoryError", "", "out-of-memory"),
    ("RecursionError", "", "recursion"),
    ("SyntaxError", "", "syntax-error"),
    ("NameError", "", "name-error"),
)
_CELL = re.compile(r"<cell (\d+)>")
MESSAGE_LIMIT = 2000


def translate(kinds: list[str], message: str) -> str:
    """The diagnosis for an exception whose type and base types are called `kinds`; "raised" when none fits."""
    for kind, pattern, diagnosis in _ROWS:
        if kind in kinds and re.search(pattern, message):
            if diagnosis == "too-many-keys-unpacked" and "split" not in message:
                return "raised"
            return diagnosis
    return "raised"


def describe(error: BaseException) -> ErrorData:
    """`error` as plain data. Never raises, however odd the exception."""
    kinds = [base.__name__ for base in type(error).__mro__]
    builtin = next((kind for kind in kinds if kind in vars(builtins)), "Exception")
    message = _message(error)
    line = own_line(error)
    hint = f"{message}\n{line.text}" if line is not None else message
    return ErrorData(kinds[0][:80], builtin, message, translate(kinds, hint), line)


def _message(error: BaseException) -> str:
    try:
        # Where something lies in memory says nothing to anybody, and differs from run to run.
        return re.sub(r" at 0x[0-9a-f]+", "", str(error)[: 2 * MESSAGE_LIMIT])[:MESSAGE_LIMIT]
    except Exception:
        return ""


def own_line(error: BaseException) -> SourceLine | None:
    """The last line of the student's own code on the way to `error`."""
    if isinstance(error, SyntaxError) and error.filename and is_own_file(error.filename):
        return SourceLine(cell_number(error.filename), error.lineno or 1, (error.text or "").strip()[:200])
    for frame in reversed(traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__), lookup_lines=False)):
        if is_own_file(frame.filename) and frame.lineno is not None:
            text = linecache.getline(frame.filename, frame.lineno).strip()
            return SourceLine(cell_number(frame.filename), frame.lineno, text[:200])
    return None


def is_own_file(filename: str) -> bool:
    """Whether code compiled under this file name is a notebook cell: ours or a Jupyter kernel's."""
    return bool(_CELL.fullmatch(filename)) or "ipykernel_" in filename or filename.startswith("<ipython-input-")


def cell_number(filename: str) -> int | None:
    """The number of the code cell that our runner compiled under `filename`; None for a kernel's."""
    match = _CELL.fullmatch(filename)
    return int(match.group(1)) if match else None
