"""Hidden checks of the lab on pure functions."""

import re

import jax.numpy as jnp
import numpy as np

from dlfb_lab import (
    CheckFailed,
    expect,
    expect_callable,
    expect_close,
    expect_dtype,
    expect_equal,
    expect_fields,
    expect_pair,
    expect_shape,
    probes,
    props,
)


def test_add_pies_holds_for_other_numbers(add_pies, rng):
    """The sum is right for other numbers, of Python and of JAX."""
    for first, kind in ((111, int), (222, jnp.array)):
        for n in (first, *rng.integers(300, 900, size=2)):
            k = int(rng.integers(0, 90))
            got = expect_shape(add_pies(kind(int(n)), kind(k)), ())
            mistakes = {
                "read-from-outside": 20 + k,
                "argument-ignored": add_pies(kind(int(n) + 1000), kind(k)),
                "old-value-compiled-in": first + k if n != first else -1,
            }
            expect_close(got, int(n) + k, mistakes=mistakes)
            expect_dtype(got, jnp.integer)


def test_add_pies_changes_nothing(add_pies, rng):
    """Twice the same pies give the same, right sum, and nothing outside is changed, in no call."""
    for _ in range(3):
        n, k = (int(number) for number in rng.integers(10, 900, size=2))
        _expect_pure(probes.purity(add_pies, n, k), lambda got, right=n + k: expect_close(got, right))


def test_add_pies_works_inside_jit_for_other_numbers(add_pies, rng):
    """Inside `jax.jit` the sum is right, too, whatever the call before was given."""
    first = 1000
    for n in (first, *rng.integers(1, 900, size=3)):
        k = int(rng.integers(0, 90))
        mistakes = {"old-value-compiled-in": first + k if n != first else -1}
        expect_close(probes.jitted(add_pies, int(n), k), int(n) + k, mistakes=mistakes)


def test_short_f_holds_for_other_numbers(short_f, reference, rng):
    """It holds for other numbers and other lengths."""
    for length in (1, 7, 40):
        x = jnp.array(rng.normal(size=length), jnp.float32)
        numbers = np.asarray(x)
        mistakes = {
            "sum-instead-of-mean": np.sum((numbers + 2) ** 2 + 3) if length > 1 else -1,
            "length-written-in": np.sum((numbers + 2) ** 2 + 3) / 3,
            "step-left-out": np.mean((numbers + 2) ** 2),
            "power-too-early": np.mean(numbers + 7),
            "mean-too-early": (np.mean(numbers) + 2) ** 2 + 3 if length > 1 else -1,
        }
        got = expect_close(short_f(x), reference(x), mistakes=mistakes)
        expect_dtype(got, jnp.float32)


def test_short_f_has_a_slope_everywhere(short_f, rng):
    """The result is right, and so is the slope that `jax.grad` finds."""
    for length in (1, 7):
        x = jnp.array(rng.normal(size=length), jnp.float32)
        seen = probes.gradient(short_f, x)
        expect_close(seen.value, np.mean((np.asarray(x) + 2) ** 2 + 3), rtol=1e-4)
        expect_close(seen.slope, 2 * (np.asarray(x) + 2) / length, rtol=1e-4)


def test_jaxpr_prediction_is_right(jaxpr_prediction):
    """The prediction says of all four what really stands in the jaxpr."""
    _expect_lines_of(jaxpr_prediction, "add", "sub", "exp", "mul")


def test_jaxpr_prediction_knows_the_loop(jaxpr_prediction):
    """What the prediction says of the loop is what really stands in the jaxpr."""
    _expect_lines_of(jaxpr_prediction, "mul")


def test_jaxpr_prediction_knows_the_conditions(jaxpr_prediction):
    """What the prediction says of the two conditions is what really stands in the jaxpr."""
    _expect_lines_of(jaxpr_prediction, "add", "sub")


def test_jaxpr_prediction_knows_the_unused_step(jaxpr_prediction):
    """What the prediction says of the step that nobody uses is what really stands in the jaxpr."""
    _expect_lines_of(jaxpr_prediction, "exp")


def _expect_lines_of(prediction, *primitives):
    right = {"mul": 3, "sub": 0, "add": 1, "exp": 1}
    likely = {"mul": ("loop-stays-a-loop", 1), "sub": ("both-ways-traced", 1), "exp": ("unused-step-left-out", 0)}
    said = dict(zip(primitives, expect_fields(prediction, *primitives), strict=True))
    for name, number in right.items():
        if name in said:
            mistakes = dict([likely[name]]) if name in likely else {}
            expect_equal(said[name], number, mistakes=mistakes, diagnosis="jaxpr-predicted-otherwise")


def test_norm_with_log_holds_for_other_numbers(norm_with_log, rng):
    """Norm and log are right for other numbers and lengths, one call after the other."""
    for length in (1, 9, 9, 30):
        x = rng.normal(size=length).astype(np.float32)
        _expect_norm(norm_with_log(jnp.array(x)), x)


def test_norm_with_log_is_right_in_jit_and_grad(norm_with_log, rng):
    """Inside `jax.jit` norm and log are right, time after time, and so is the slope of the norm."""
    for length in (4, 4, 9):
        x = rng.normal(size=length).astype(np.float32) + 2
        _expect_norm(probes.jitted(norm_with_log, jnp.array(x)), x)
    slope = probes.gradient(norm_with_log, jnp.array(x), at=0).slope
    expect_close(slope, x / np.sqrt(np.sum(x**2)), rtol=1e-4)


def test_norm_with_log_is_pure(norm_with_log, rng):
    """Norm and log are right twice, nothing outside is changed, and no tracer is left behind."""
    x = rng.normal(size=6).astype(np.float32)
    seen = probes.observe(norm_with_log, jnp.array(x), watch="leaks")
    _expect_norm(seen.value, x)
    saw = "After the function had been traced, a tracer was still held outside it."
    expect(seen.leaks is not True, "leaked-tracer", saw)
    _expect_pure(probes.purity(norm_with_log, jnp.array(x)), lambda got: _expect_norm(got, x))


def _expect_norm(got, x):
    """The norm of the numbers `x`, and the log of its two steps."""
    norm, log = expect_pair(got)
    total = float(np.sum(x**2))
    expect_close(norm, total**0.5, mistakes={"root-missing": total})
    many = type(log) in (list, tuple) and len(log) > 2 and len(log) % 2 == 0
    expect(not many, "remembers-calls", "The log has more than two entries.", certain=True)
    try:
        squares, summed = expect_pair(log)
    except CheckFailed as failed:
        raise CheckFailed(type(failed.finding)("log-of-another-form")) from None
    expect_close(squares, x**2)
    expect_close(summed, total)


def test_with_trace_count_gives_the_function_for_other_numbers(with_trace_count, rng):
    """The compiled function gives what `f` gives, for one argument and for two."""
    line, product = props.counted_line(7.0), props.counted_product(0.5)
    x, y = (jnp.array(rng.normal(size=6), jnp.float32) for _ in range(2))
    g, _ = _expect_functions(with_trace_count(line))
    expect_close(g(x), 7 * np.asarray(x) + 1)
    g, _ = _expect_functions(with_trace_count(product))
    expect_close(g(x, y), 0.5 * np.asarray(x) * np.asarray(y))


def test_with_trace_count_says_how_often_f_ran(with_trace_count, rng):
    """The results are right, and the count is how often JAX traced: for new shapes, new dtypes, and bare numbers."""
    product = props.counted_product(3.0)
    g, count = _expect_functions(with_trace_count(product))
    lengths = [int(length) for length in rng.integers(2, 5, size=8)]
    pairs = [(jnp.full(length, 2.0), jnp.ones(())) for length in lengths]
    pairs += [(jnp.full(3, 2, jnp.int32), jnp.ones(())), (2.0, 1.0), (2.0, 1.0), (jnp.float32(2.0), 1.0)]
    for calls, (x, y) in enumerate(pairs, start=1):
        expect_close(g(x, y), np.full(np.shape(x), 6.0))
        kinds = len(set(lengths[:calls])) + (0, 1, 2, 2, 3)[max(0, calls - len(lengths))]
        _expect_entered(product, kinds, calls)
        mistakes = {"calls-counted": calls} if calls != kinds else {}
        expect_equal(count(), kinds, mistakes=mistakes, diagnosis="counted-without-trace")


def test_with_trace_count_knows_a_weak_number_again(with_trace_count, rng):
    """The results are right, and the count is how often `f` ran in Python, for bare numbers and weak arrays, too."""
    line = props.counted_line(4.0)
    g, count = _expect_functions(with_trace_count(line))
    number = int(rng.integers(2, 50))
    xs = (number, jnp.asarray(number), jnp.int32(number), float(number), jnp.asarray(float(number)), jnp.ones(2))
    for x in xs:
        expect_close(g(x), 4 * np.asarray(x) + 1)
        expect_equal(count(), probes.report(line)["calls"], diagnosis="counted-without-trace")


def test_with_trace_count_keeps_its_counts_to_itself(with_trace_count, rng):
    """Three functions with a count, two of them made of the same `f`, each count for themselves and from 0."""
    lines = [props.counted_line(2.0), props.counted_line(3.0)]
    made = [_expect_functions(with_trace_count(line)) for line in (lines[0], lines[1], lines[0])]
    times = [int(number) for number in rng.permutation([1, 2, 4])]
    for (g, _), number in zip(made, times, strict=True):
        for length in range(1, number + 1):
            expect_shape(g(jnp.ones(length)), (length,))
    got = [count() for _, count in made]
    shared = all(type(one) is int for one in got) and len(set(got)) == 1
    expect(not shared, "state-shared", "Three functions were traced 1, 2 and 4 times, and all have the same count.")
    expect_equal(got, times)


def _expect_functions(got):
    g, count = expect_pair(got)
    expect(type(count) is not int, "count-handed-out-early", "The second of the two is a number, not a function.")
    return expect_callable(g), expect_callable(count)


def _expect_entered(spy, entered, calls):
    """How often Python should have entered the function of a spy after so many calls."""
    got = probes.report(spy)["calls"]
    saw = f"After {calls} calls, f had run in Python {got} times; {entered} was expected."
    expect(not (got == calls and calls != entered), "traced-every-time", saw)
    expect(got == entered, "wrong-value", saw)


def test_trace_prediction_is_right(trace_prediction):
    """The prediction says of all eight calls what really happens."""
    _expect_traces(trace_prediction, *"abcdefgh")


def test_trace_prediction_knows_what_is_free(trace_prediction):
    """What the prediction says of new values, and of a program made earlier, is what really happens."""
    _expect_traces(trace_prediction, *"abd")


def test_trace_prediction_knows_shapes_and_dtypes(trace_prediction):
    """What the prediction says of a new shape and of a new dtype is what really happens."""
    _expect_traces(trace_prediction, *"ce")


def test_trace_prediction_knows_bare_numbers(trace_prediction):
    """What the prediction says of single numbers, bare and firm, is what really happens."""
    _expect_traces(trace_prediction, *"fgh")


_TRACES = {
    "a": (True, "first-call-traces"),
    "b": (False, "values-are-looked-at"),
    "c": (True, "new-shape-is-free"),
    "d": (False, "program-forgotten"),
    "e": (True, "new-dtype-is-free"),
    "f": (True, "number-kinds-are-one"),
    "g": (False, "values-are-looked-at"),
    "h": (True, "number-kinds-are-one"),
}


def _expect_traces(prediction, *calls):
    said = expect_fields(prediction, *calls)
    for call, traces in zip(calls, said, strict=True):
        right, diagnosis = _TRACES[call]
        is_one = str(traces) in ("True", "False")
        expect(is_one, "wrong-form", f'What stands under "{call}" is neither True nor False.')
        expect_equal(traces, right, mistakes={diagnosis: not right})


def test_reported_step_holds_for_other_numbers(reported_step, rng):
    """The new number of cells is right for other numbers, of Python and of JAX, with and without `jax.jit`."""
    for kind in (float, jnp.float32):
        n, rate, grown = _growth(rng)
        mistakes = {"rate-as-factor": n * rate, "step-left-out": n}
        # Watched, so that what it prints is not heard where it is graded.
        for call in ((reported_step,), (props.in_jit(), reported_step)):
            got = probes.observe(*call, kind(n), kind(rate), watch="printed").value
            expect_close(expect_shape(got, ()), grown, mistakes=mistakes)


def test_reported_step_reports_every_time(reported_step, rng):
    """Inside `jax.jit`, the number is right and is printed, in each of four calls, one line a call."""
    growths = [_growth(rng) for _ in range(4)]
    calls = [(reported_step, jnp.float32(n), jnp.float32(rate)) for n, rate, _ in growths]
    seen = probes.observe(props.in_jit(), *calls[0], watch="printed", again=calls[1:])
    expect_close(seen.value, growths[0][2])
    without_jit = seen.printed or probes.observe(*calls[0], watch="printed").printed
    saw = "Nothing was printed inside `jax.jit`. Without it, there is a line."
    expect(bool(seen.printed) or not without_jit, "printed-while-tracing", saw, certain=True)
    _expect_lines(seen.printed, growths)


def test_reported_step_reports_once_a_call(reported_step, rng):
    """Without `jax.jit`, the number is right and stands in the one line that the call prints."""
    n, rate, grown = _growth(rng)
    seen = probes.observe(reported_step, jnp.float32(n), jnp.float32(rate), watch="printed")
    expect_close(seen.value, grown)
    _expect_lines(seen.printed, [(n, rate, grown)])


def _growth(rng):
    """A number of cells, a rate, and the new number, which ends in .25 or .75: float32 holds all three exactly."""
    n = int(rng.integers(9, 80)) + 0.5
    rate = float(rng.choice([0.5, 1.5, 2.5]))
    return n, rate, n + rate * n


def _expect_lines(lines, growths):
    """One line for each call, in any order, with the new number in it."""
    lines = [line for line in lines or () if line.strip()]
    expect(bool(lines), "nothing-printed", "Nothing was printed.")
    saw = f"{len(lines)} lines were printed in {len(growths)} calls."
    expect(len(lines) >= len(growths), "printed-while-tracing", saw, certain=True)
    tracer = any("Tracer" in line for line in lines)
    expect(not tracer, "placeholder-printed", "A line shows a tracer, not a number.", certain=True)
    expect(len(lines) == len(growths), "too-many-lines", saw)
    for n, _, grown in growths:
        found = any(_holds(line, grown) for line in lines)
        before = not found and any(_holds(line, n) for line in lines)
        expect(not before, "old-number-printed", "A line holds the old number, and none the new one.")
        rounded = any(_is_rounded(number, grown) for line in lines for number in _numbers_in(line))
        expect(found or not rounded, "number-rounded", "A line holds a rounded number.", certain=True)
        expect(found, "number-not-in-line", "There is no line with the new number.")


def _holds(line, number):
    return any(abs(found - number) < 0.01 + 1e-5 * abs(number) for found in _numbers_in(line))


def _numbers_in(line):
    return [float(word) for word in re.findall(r"[-+]?\d+\.?\d*(?:[eE][-+]?\d+)?", line)]


def _is_rounded(number, right):
    """Whether a number is another one that lies near it, with one decimal or none."""
    return 0.01 < abs(number - right) < 1 and abs(number * 10 - round(number * 10)) < 1e-4


def test_running_gc_holds_for_other_reads(running_gc, rng):
    """It holds for other reads, states and lengths."""
    for length in (1, 7, 30):
        bases = int(rng.integers(40, 400))
        gc = int(rng.integers(10, bases - 10))
        read = rng.integers(0, 4, size=length)
        _expect_gc(running_gc(_gc_state(gc, bases), jnp.array(read, jnp.int32)), gc, bases, read)


def test_running_gc_is_pure(running_gc, rng):
    """Twice the same gives the same, right result, and neither the dictionary nor anything else is changed."""
    read = rng.integers(0, 4, size=9)
    gc, bases = 11, 50
    arguments = _gc_state(gc, bases), jnp.array(read, jnp.int32)
    seen = probes.observe(running_gc, *arguments)
    _expect_untouched(seen, *arguments, diagnosis="dictionary-changed")
    _expect_gc(seen.value, gc, bases, read)
    _expect_pure(probes.purity(running_gc, *arguments), lambda got: _expect_gc(got, gc, bases, read))


def test_running_gc_follows_a_stream(running_gc, rng):
    """In `jax.lax.scan` over many reads, each share is right, and so is the last state."""
    reads = rng.integers(0, 4, size=(20, 6))
    reads[0, 0] = 1
    found = np.isin(reads, (1, 2)).sum(axis=1).cumsum()
    arguments = running_gc, _gc_state(0, 0), jnp.array(reads, jnp.int32)
    last, shares = expect_pair(probes.observe(props.in_scan(), *arguments).value)
    own = np.isin(reads, (1, 2)).mean(axis=1)
    expect_close(shares, found / (6 * np.arange(1, 21)), mistakes={"state-ignored": own})
    _expect_gc_state(last, found[-1], 120)


def _gc_state(gc, bases):
    return {"gc": jnp.array(gc, jnp.int32), "bases": jnp.array(bases, jnp.int32)}


def _expect_gc(got, gc, bases, read):
    own = int(np.isin(read, (1, 2)).sum())
    state, share = expect_pair(got)
    swapped = type(share) is dict and type(state) is not dict
    expect(not swapped, "pair-swapped", "The first of the two is no dictionary, and the second is one.")
    _expect_gc_state(state, gc + own, bases + len(read), own, len(read))
    share = expect_close(share, (gc + own) / (bases + len(read)), mistakes={"state-ignored": own / len(read)})
    expect_dtype(share, jnp.float32)


def _expect_gc_state(state, gc, bases, own=-1, length=-1):
    expect(type(state) is dict, "wrong-kind", "The state is not a dictionary.")
    expect(sorted(map(str, state)) == ["bases", "gc"], "wrong-keys", "The state has other keys.")
    for name, right, part in (("gc", gc, own), ("bases", bases, length)):
        mistakes = {"state-ignored": part} if part > 0 else {}
        expect_dtype(expect_close(state[name], right, mistakes=mistakes), jnp.int32)


def test_read_photometer_holds_for_other_light(read_photometer, reference, rng):
    """The readings are right for other light and other settings, one call after the other."""
    _expect_readings(lambda *given: read_photometer(*given), reference, rng)


def test_read_photometer_works_inside_jit_for_other_light(read_photometer, reference, rng):
    """Inside `jax.jit`, where the settings are placeholders, each call has its own settings as well."""
    _expect_readings(lambda *given: probes.jitted(read_photometer, *given), reference, rng)


def test_read_photometer_is_pure(read_photometer, rng):
    """Twice the same gives the same, right readings. The settings are as they were, and so is everything else."""
    gain, dark = (jnp.float32(number) for number in rng.uniform(1, 9, size=2))
    light = jnp.array(rng.uniform(1, 9, size=5), jnp.float32)
    settings = {"gain": gain, "dark": dark}
    seen = probes.observe(read_photometer, settings, light)
    _expect_untouched(seen, settings, light, diagnosis="dictionary-changed")
    right = np.asarray(gain * (light - dark))
    expect_close(seen.value, right)
    _expect_pure(probes.purity(read_photometer, settings, light), lambda got: expect_close(got, right))


def _expect_readings(read, reference, rng):
    """The readings of the same light under four settings, one after the other."""
    for length in (1, 8):
        light = jnp.array(rng.uniform(1, 9, size=length), jnp.float32)
        before = []
        for kind in (float, jnp.float32, float, jnp.float32):
            gain, dark = (float(np.float32(number)) for number in rng.uniform(2, 9, size=2))
            settings = {"gain": kind(gain), "dark": kind(dark)}
            got = expect_shape(read(settings, light), (length,))
            old = next((one for one in before if np.allclose(got, one)), None)
            mistakes = {} if old is None else {"old-settings-compiled-in": old}
            mistakes["brackets-missing"] = gain * np.asarray(light) - dark
            mistakes["entries-by-order"] = dark * (np.asarray(light) - gain)
            mistakes["read-from-outside"] = 2 * (np.asarray(light) - 1)  # the settings of the lab's own examples
            right = reference(settings, light)
            expect_close(got, right, rtol=1e-4, mistakes=mistakes)
            before.append(np.asarray(right))


def test_purity_quiz_is_right(purity_quiz):
    """What is said of all eight functions is right."""
    _expect_kinds(purity_quiz, *"abcdefgh")


def test_purity_quiz_knows_what_is_pure(purity_quiz):
    """What is said of the functions `a` and `d` is right."""
    _expect_kinds(purity_quiz, *"ad")


def test_purity_quiz_knows_what_reaches_outside(purity_quiz):
    """What is said of the functions `b`, `c` and `f` is right."""
    _expect_kinds(purity_quiz, *"bcf")


def test_purity_quiz_knows_what_outlives_the_call(purity_quiz):
    """What is said of the functions `e`, `g` and `h` is right."""
    _expect_kinds(purity_quiz, *"egh")


# What is right, and which misconception another text shows; "" stands for any other.
_KINDS = {
    "a": ("pure", {"changes": "purity-is-not-idempotence"}),
    "b": ("reads", {"": "reading-outside-is-impure"}),
    "c": ("changes", {"": "lasting-change-missed"}),
    "d": ("pure", {"changes": "own-list-is-private"}),
    "e": ("changes", {"": "argument-is-the-callers"}),
    "f": ("prints", {"": "printing-is-an-effect"}),
    "g": ("changes", {"pure": "purity-is-not-idempotence"}),
    "h": ("changes", {"": "hidden-state-missed"}),
}


def _expect_kinds(said, *functions):
    for function, kind in zip(functions, expect_fields(said, *functions), strict=True):
        right, shown = _KINDS[function]
        known = type(kind) is str and kind in ("pure", "reads", "changes", "prints")
        expect(known, "wrong-form", f'What stands under "{function}" is none of the four texts.')
        expect_equal(kind, right, diagnosis=shown.get(kind) or shown.get("", "purity-misjudged"))


def _expect_pure(seen, expect_right):
    """The right value twice, and nothing outside changed."""
    expect_right(seen.first)
    try:
        expect_right(seen.second)
    except CheckFailed as failed:
        saw = "A second call with the same arguments gave another result."
        finding = type(failed.finding)("remembers-calls", saw, failed.finding.evidence)
        raise CheckFailed(finding, certain=True) from None
    names = ", ".join(f"`{name}`" for name in seen.changed)
    expect(not seen.changed, "changed-outside", f"After the call, {names} had changed.", certain=True)


def _expect_untouched(seen, *before, diagnosis="input-changed"):
    """What the caller handed in holds the same after the call. Asked before the values: this finding is certain."""
    try:
        expect_equal(list(seen.inputs_after), list(before), inputs="after the call", diagnosis=diagnosis)
    except CheckFailed as failed:
        raise CheckFailed(failed.finding, certain=True) from None
