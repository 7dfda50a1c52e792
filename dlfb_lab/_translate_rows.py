r"""Which exception shows which misconception: the table behind `_translate.py`.

A row is (name of the type or of one it derives from, pattern, diagnosis). The pattern is searched in the message and,
behind it, the student's own line: `message\n>>> line`. The first row that matches wins. So the special ones stand
before the general ones, and the last group catches what only says that something is no such thing. Its words point at
the student's line, so it counts where there is one: a check, too, may ask a wrong result for something.

Types come first, because the wording of messages moves between releases. Every row is provoked in test_translate.py, on
each supported release.
"""

_Rows = tuple[tuple[str, str, str], ...]

# What stands in "unsupported operand type(s) for *: 'int' and 'dict'", up to the type that explains it.
_OPERAND = r"(?:unsupported operand type\(s\) for [^:]+: (?:'[\w.]+' and )?|bad operand type for [^:]+: )"
_FUNCTION = r"(?:function|method|builtin_function_or_method|[\w.]*PjitFunction)"
_TRACER = r"\w*Tracer\b"
# A class of somebody's own: its name has a capital, as no type of Python or NumPy that is met here.
_OWN_CLASS = r"<class '(?:__main__\.\w+|(?!numpy|jaxlib)[\w.]*[A-Z]\w*)'>"
_LINE = r"(?:.|\n)*\n>>> "
_GRAD_CALL = r"\w*grad(?:_fn|_function)?\("
_OF_ARRAYS = "at|shape|dtype|ndim|size|T|mean|sum|max|min|argmax|astype|reshape|ravel|item|dot"

_PYTHON: _Rows = (
    ("MagicRefused", "", "magic-refused"),
    ("KeyReuseError", "", "key-reused"),
    ("JaxRuntimeError", r"RESOURCE_EXHAUSTED", "out-of-memory"),
    ("MemoryError", "", "out-of-memory"),
    ("RecursionError", "", "recursion"),
    ("SyntaxError", "", "syntax-error"),
    ("NameError", r"unbound axis name", "unbound-axis-name"),
    ("UnboundLocalError", "", "local-without-value"),
    ("NameError", "", "name-error"),
    ("ZeroDivisionError", "", "python-division-by-zero"),
    ("OverflowError", "", "number-too-large"),
    ("AssertionError", "", "own-assertion"),
    ("StopIteration", "", "iterator-empty"),
    ("ImportError", "", "no-such-module"),
    ("OSError", "", "out-of-reach"),
)

_TRACED: _Rows = (
    ("TracerBoolConversionError", r"\btop_k\(", "traced-shape"),
    ("TracerBoolConversionError", "", "python-if-on-tracer"),
    ("TracerIntegerConversionError", "", "traced-integer"),
    ("NonConcreteBooleanIndexError", "", "boolean-mask-in-jit"),
    ("TracerArrayConversionError", "", "numpy-on-tracer"),
    ("UnexpectedTracerError", "", "leaked-tracer"),
    ("ConcretizationTypeError", r"size argument|`length` argument\.|jnp\.repeat|setdiff1d", "size-needed"),
    ("ConcretizationTypeError", r"arange|[Ss]hapes? must|'num' argument|pad_width|numpy\.split", "traced-shape"),
    ("ConcretizationTypeError", r"`length` argument to `scan`", "traced-shape"),
    ("ConcretizationTypeError", r"\bmath\.\w+\(", "math-on-tracer"),
    ("ConcretizationTypeError", "", "concrete-value-in-jit"),
    ("TypeError", rf"of integer type, got (?!.*(?:{_TRACER}|traced))", "shape-not-integers"),
    ("TypeError", r"shape must have every element be nonnegative", "shape-not-integers"),
    ("TypeError", r"Shapes must be 1D sequences of concrete values", "traced-shape"),
    ("TypeError", r"In a call to primitive \w+", "traced-shape"),
    ("TypeError", rf"sequence of integers or a single integer, got .*{_TRACER}", "traced-shape"),
    ("IndexError", r"Slice entries must be static|static start/stop", "traced-shape"),
    ("TypeError", rf"for \*: '(?:list|tuple|str)' and '{_TRACER}", "traced-integer"),
    ("TypeError", rf"unsupported format string passed to {_TRACER}|unhashable type: '{_TRACER}", "traced-text"),
    ("TypeError", rf"number is required, not {_TRACER}", "traced-text"),
    ("AttributeError", r"method is not available on traced array", "waited-inside-jit"),
)

_JIT: _Rows = (
    ("TypeError", r"_IndexUpdate\w+", "at-not-a-call"),
    ("AttributeError", r"_IndexUpdate\w+", "at-not-a-call"),
    ("TypeError", r"Error interpreting argument(.|\n)*at path self\b", "self-in-jit"),
    ("TypeError", r"as a JAX value(.|\n)*<class 'flax\.linen", "layer-not-called"),
    ("TypeError", rf"Error interpreting argument(.|\n)*<class '{_FUNCTION}'>", "function-as-argument"),
    ("TypeError", rf"Error interpreting argument(.|\n)*{_OWN_CLASS}", "class-is-no-tree"),
    ("TypeError", rf"of type '?{_OWN_CLASS}'? is not a valid JAX type", "class-is-no-tree"),
    ("TypeError", r"Error interpreting argument|^Argument .* is not a valid JAX type", "string-argument"),
    ("TypeError", r"traced for \w+ returned a value of type|Output from batched function", "no-array-returned"),
    ("ValueError", r"Non-hashable static arguments", "unhashable-static"),
    ("ValueError", r"invalid argnames|static_argnums=.* but only accepts", "unknown-static-name"),
    ("RuntimeError", r"Array has been deleted", "donated-buffer"),
    ("ValueError", r"deleted or donated", "donated-buffer"),
    ("JaxRuntimeError", r"previously donated", "donated-buffer"),
    ("JaxRuntimeError", r"CpuCallback", "callback-failed"),
    ("AttributeError", r"has no attribute 'block_until_ready'", "not-waited-for"),
    ("ValueError", r"Unused \w+ arguments to `jax\.debug\.print`", "text-without-place"),
    ("IndexError", r"\bdebug\.print\(", "text-without-place"),
    ("KeyError", r"\bdebug\.print\(", "text-without-place"),
    ("TypeError", r"expected str, got(.|\n)*\bdebug\.print\(", "text-without-place"),
)

_FLAX: _Rows = (
    ("ApplyScopeInvalidVariablesStructureError", "", "nested-params"),
    ("ApplyScopeInvalidVariablesTypeError", "", "params-not-wrapped"),
    ("ScopeCollectionNotFound", r"collection \"batch_stats\"", "batch-stats-missing"),
    ("ScopeCollectionNotFound", "", "params-not-wrapped"),
    ("ScopeParamNotFoundError", "", "params-not-wrapped"),
    ("ScopeVariableNotFoundError", "", "params-not-wrapped"),
    ("CallCompactUnboundModuleError", "", "params-not-wrapped"),
    ("TypeError", r"Array\.__contains__: unsupported operand type <class 'str'>", "params-not-wrapped"),
    ("AssignSubModuleError", "", "module-setup"),
    ("ScopeParamShapeError", "", "module-setup"),
    ("SetAttributeFrozenModuleError", "", "module-setup"),
    ("IncorrectPostInitOverrideError", "", "module-with-init"),
    ("NameInUseError", "", "layer-name-twice"),
    ("AttributeError", r'^"\w+" object has no attribute "(params|variables|parameters)"', "model-holds-no-numbers"),
    ("AttributeError", r'^"\w+" object has no attribute', "module-setup"),
    ("InvalidRngError", r"RNGs should be of shape", "model-needs-a-key"),
    ("ValueError", r"``rngs`` argument passed to an apply function", "model-needs-a-key"),
    ("InvalidRngError", "", "dropout-rng"),
    ("ValueError", r"Parameter \"(deterministic|use_running_average)\"", "training-or-not"),
    ("ModifyScopeVariableError", "", "batch-stats-frozen"),
    ("FrozenInstanceError", "", "frozen-state"),
    ("ValueError", r"FrozenDict is immutable", "frozen-state"),
    ("AttributeError", r"can't set attribute", "frozen-state"),
    ("ValueError", r"Input type must be an integer", "embedding-of-floats"),
    ("ValueError", r"mutable default <class", "mutable-default"),
)

_OPTAX: _Rows = (
    ("ValueError", r"requires the current value of parameters", "decay-without-params"),
    ("TypeError", r"update_fn\(\) missing 1 required positional argument: 'params'", "decay-without-params"),
    ("AttributeError", r"has no attribute '(mu|nu|trace|count|inner_state)'", "wrong-optimizer-state"),
    ("ValueError", r"number of updates and states has to be the same", "wrong-optimizer-state"),
    ("TypeError", r"dtype that is a subdtype of <class 'numpy\.integer'>", "labels-of-another-form"),
    ("ValueError", r"same number of dimensions(.|\n)*integer_labels\(", "labels-of-another-form"),
    ("ValueError", r"for broadcasting(.|\n)*\bsoftmax_cross_entropy\w*\(", "labels-of-another-form"),
    ("ValueError", r"Unpack failed|unpack\(b\) received extra data", "saved-file-broken"),
    ("ValueError", r"state dict.* do not match|in state dict while restoring", "saved-state-differs"),
)

_KEYS: _Rows = (
    ("TypeError", r"unexpected PRNG key type <class '(list|tuple)'>", "list-not-array"),
    ("TypeError", r"unexpected PRNG key type <class 'NoneType'>", "none-as-value"),
    ("TypeError", r"invalid PRNG key data|unexpected PRNG key type", "seed-not-key"),
    ("TypeError", r"key<\w+>|PRNGKey dtype cannot be converted|PRNGKeyArray", "key-is-no-number"),
    ("ValueError", r"from key<\w+> to", "key-is-no-number"),
    ("TypeError", r"iteration over a 0-d key array", "single-key-unpacked"),
    ("TypeError", r"fold_in accepts a scalar", "many-numbers-folded-in"),
    ("ValueError", r"accepts a single key", "many-keys-at-once"),
    ("ValueError", r"values to unpack(.|\n)*(\b(random|jr)\.|(?<![\w.]))split\(", "too-many-keys-unpacked"),
    ("ValueError", r"truth value of an array(.|\n)*\bchoice\(", "draw-arguments"),
    ("TypeError", r"shape argument of \S+choice must be", "draw-arguments"),
    ("IndexError", r"\bcategorical\(", "draw-arguments"),
)

_VMAP: _Rows = (
    ("ValueError", r"vmap got inconsistent sizes", "inconsistent-batch"),
    ("ValueError", r"rank should be at least \d+, but is only 0", "scalar-mapped"),
    ("ValueError", r"rank should be at least", "no-such-axis"),
    ("ValueError", r"vmap out_axes|axis \S+ is out of bounds(.|\n)*\bout_axes\b", "out-axes-do-not-fit"),
    ("ValueError", r"at least one non-None value in in_axes", "nothing-mapped"),
    ("ValueError", r"tree prefix", "in-axes-tree"),
    ("TypeError", r"in_axes must be.*but got \[", "arguments-too-early"),
    ("ValueError", r"in_axes must be", "in-axes-form"),
    ("TypeError", r"in_axes must be", "in-axes-form"),
)

_GRAD: _Rows = (
    ("TypeError", r"Gradient only defined for scalar-output(.|\n)*Output was None", "loss-not-returned"),
    ("TypeError", r"Gradient only defined for scalar-output(.|\n)*Output was", "aux-without-has-aux"),
    ("TypeError", r"Gradient only defined for scalar-output", "grad-of-vector"),
    ("TypeError", r"requires real-(or complex-)?(valued )?\S*inputs|requires real- or complex-valued", "integer-grad"),
    ("TypeError", r"requires real-valued outputs", "flat-step-grad"),
    ("TypeError", r"expected function with aux output", "has-aux-without-aux"),
    ("TypeError", r"Expected a callable value(.|\n)*\bvmap\(", "map-of-value"),
    ("TypeError", r"Expected a callable value(.|\n)*\bjit\(", "jit-of-value"),
    ("TypeError", r"Expected a callable value", "grad-of-value"),
    ("TypeError", r"requires at least \d+ positional", "grad-by-keyword"),
    ("TypeError", r"as an integer(.|\n)*argnums", "wrong-arguments"),
    ("TypeError", rf"scalar index(.|\n)*{_GRAD_CALL}", "arguments-too-early"),
    ("ValueError", rf"values to unpack(.|\n)*{_GRAD_CALL}", "gradient-unpacked"),
    ("TypeError", rf"iteration over a 0-d array(.|\n)*=.*{_GRAD_CALL}", "gradient-unpacked"),
    ("FloatingPointError", r"invalid value \((nan|inf)\)", "nan-found"),
    ("ValueError", r"Reverse-mode differentiation does not work for lax.while_loop", "reverse-while"),
)

_LOOPS: _Rows = (
    ("TypeError", r"carry input and carry output must have", "carry-changes-type"),
    ("TypeError", r"scan body output must be a pair", "scan-body-pair"),
    ("ValueError", r"leading axis|no values to scan over", "scan-rounds"),
    ("TypeError", r"branch(es)? (outputs|must)", "unequal-branches"),
    ("TypeError", r"cond_fun must return a boolean scalar", "loop-condition"),
    ("TypeError", r"Pred must be a scalar", "loop-condition"),
    ("TypeError", r"arguments? should be a?\s?callable", "loop-of-value"),
    ("ValueError", r"pytree structure error", "trees-differ"),
)

_ARRAYS: _Rows = (
    ("TypeError", rf"JAX arrays are immutable|'{_TRACER}' object does not support item assignment", "item-assignment"),
    ("TypeError", r"does not support item assignment", "fixed-item-assigned"),
    ("TypeError", r"requires ndarray or scalar arguments, got.*(list|tuple)", "list-not-array"),
    ("TypeError", r"requires ndarray or scalar arguments, got.*(Frozen)?[dD]ict", "tree-not-array"),
    ("TypeError", rf"{_OPERAND}'(Frozen)?[dD]ict'", "tree-not-array"),
    ("TypeError", r"non-tuple sequence for multidimensional indexing", "list-as-index"),
    ("TypeError", r"string indexing|indices must be integers or slices, not str", "indexed-by-text"),
    ("AttributeError", r"'numpy\.\w+' object has no attribute 'at'", "numpy-has-no-at"),
    ("AttributeError", rf"'(list|dict|FrozenDict|int|float|str)' object has no attribute '({_OF_ARRAYS})'", "no-array"),
    ("AttributeError", r"has no attribute '?(append|extend|insert|pop|remove)\b", "arrays-do-not-grow"),
    ("TypeError", r"can't multiply sequence|can only concatenate list", "no-array"),
    ("TypeError", rf"{_OPERAND}'list'", "no-array"),
    ("TypeError", rf"can only concatenate tuple|{_OPERAND}'tuple'", "tuple-as-one"),
    ("AttributeError", r"'tuple' object has no attribute", "tuple-as-one"),
    ("TypeError", rf"{_OPERAND}'{_FUNCTION}'|'{_FUNCTION}' object is not subscriptable", "function-not-called"),
    ("AttributeError", rf"'{_FUNCTION}' object has no attribute", "function-not-called"),
    ("ValueError", r"rank_promotion", "rank-promotion"),
    ("ValueError", r"truth value of an array", "truth-of-an-array"),
    ("ValueError", r"(assignment|output array) (destination )?is read-only", "read-only-array"),
    ("TypeError", r"incompatible shapes for broadcasting|contracting dimensions", "shapes-do-not-fit"),
    ("TypeError", r"[Cc]annot concatenate arrays", "shapes-do-not-fit"),
    ("ValueError", r"[Ii]ncompatible shapes for broadcasting|could not be broadcast together", "shapes-do-not-fit"),
    ("ValueError", r"core dimension|\) not aligned: |input arrays must have the same shape", "shapes-do-not-fit"),
    ("ValueError", r"Shape mismatch: got|does not match previous terms", "shapes-do-not-fit"),
    ("TypeError", r"cannot reshape array", "reshape-does-not-fit"),
    ("ValueError", r"cannot reshape array", "reshape-does-not-fit"),
    ("ValueError", r"inhomogeneous shape", "rows-of-different-lengths"),
    ("TypeError", r"with dtype \S+ is not a valid JAX array type", "text-as-array"),
    (
        "TypeError",
        r"iteration over a 0-d array|len\(\) of unsized|'(int|float)' .*(len\(\)|iterable|subscript)",
        "one-number-taken-apart",
    ),
    ("TypeError", r"cannot unpack non-iterable (int|float|bool)\b", "one-number-taken-apart"),
    ("IndexError", r"array is 0-dimensional|invalid index to scalar", "one-number-taken-apart"),
    (
        "ValueError",
        r"Zero-dimensional arrays cannot be concatenated|must have ndim at least 1",
        "one-number-taken-apart",
    ),
    ("ValueError", r"axis \S+ is out of bounds", "no-such-axis"),
    ("IndexError", r"[Tt]oo many indices", "no-such-axis"),
    ("TypeError", r"Only scalar arrays can be converted|format string passed to numpy", "many-numbers-as-one"),
    ("ValueError", r"convert an array of size 1 to a Python scalar", "many-numbers-as-one"),
    ("TypeError", r"scalar index|Indexer must have integer|as an integer$|as an integer\n", "not-a-whole-number"),
    ("TypeError", r"indices must be integers or slices|Index type must be an integer", "not-a-whole-number"),
    ("IndexError", r"only integers, slices", "not-a-whole-number"),
    ("TypeError", r"Cannot interpret '[-\d.]+' as a data type", "number-as-dtype"),
    (
        "TypeError",
        r"does not accept dtype|arguments to have the same dtypes|must have an integer type",
        "dtype-not-accepted",
    ),
    ("TypeError", r"unhashable type: '[\w.]*ArrayImpl'", "array-as-dictionary-key"),
)

_GENERAL: _Rows = (
    ("TypeError", r"missing \d+ required|unexpected keyword argument|positional arguments? but", "wrong-arguments"),
    ("TypeError", r"got multiple values for argument", "wrong-arguments"),
    ("TypeError", r"NoneType", "none-as-value"),
    ("AttributeError", r"'NoneType' object", "none-as-value"),
    ("TypeError", r"object is not callable", "not-a-function"),
    ("ValueError", rf"values to unpack{_LINE}", "number-of-names"),
    ("TypeError", rf"cannot unpack non-iterable{_LINE}", "number-of-names"),
    ("AttributeError", rf"^module '{_LINE}", "no-such-function"),
    ("AttributeError", rf"has no attribute{_LINE}", "no-such-attribute"),
    ("TypeError", rf"object is not subscriptable{_LINE}", "no-such-attribute"),
    ("KeyError", _LINE, "no-such-entry"),
    ("IndexError", rf"out of (range|bounds){_LINE}", "past-the-end"),
    ("TypeError", rf"(unsupported|bad) operand{_LINE}", "operands-do-not-fit"),
    ("TypeError", rf"(not supported between|can only concatenate str){_LINE}", "operands-do-not-fit"),
)

ROWS: _Rows = (
    *_PYTHON,
    *_TRACED,
    *_JIT,
    *_FLAX,
    *_OPTAX,
    *_KEYS,
    *_VMAP,
    *_GRAD,
    *_LOOPS,
    *_ARRAYS,
    *_GENERAL,
)
