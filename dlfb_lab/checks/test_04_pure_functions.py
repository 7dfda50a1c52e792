"""Visible checks of the lab on pure functions."""

import re
from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np

from dlfb_lab import (
    CheckFailed,
    expect,
    expect_callable,
    expect_close,
    expect_dtype,
    expect_equal,
    expect_pair,
    expect_shape,
    probes,
    props,
)

AFTERWARDS = "what the caller handed in, looked at after the call"
PRIMITIVES = ("add", "sub", "exp", "mul")
LETTERS = tuple("abcdefgh")
KINDS = ("pure", "reads", "changes", "prints")


def test_add_pies_adds_what_it_is_given(add_pies):
    """The new pies are added to those that were handed in, and the sum is a whole number."""
    for n, k in ((4, 10), (7, 10), (0, 3)):
        got, again = (expect_shape(add_pies(n, k), (), inputs={"n": n, "k": k}) for _ in range(2))
        saw = f"The same call gave {got} the first time and {again} the second time."
        expect(got == again, "remembers-calls", saw, certain=True, n=n, k=k)
        mistakes = {
            "old-value-compiled-in": _stale(4, n, k),
            "read-from-outside": 20 + k,  # what the lab leaves in `n_pies`
            "argument-ignored": add_pies(n + 5, k),
        }
        expect_close(got, n + k, inputs={"n": n, "k": k}, mistakes=mistakes)
        expect_dtype(got, jnp.integer, inputs={"n": n, "k": k})


def test_add_pies_is_pure(add_pies):
    """The same pies give the same sum a second time, and no name outside the function is changed."""
    for n, k in ((4, 10), (7, 10)):
        _expect_pure(probes.purity(add_pies, n, k), lambda got, n=n, k=k: expect_close(got, n + k))


def test_add_pies_works_inside_jit(add_pies):
    """Inside `jax.jit` the sum is right, too, also when `n` is another one the next time."""
    for n, k in ((5, 10), (8, 10)):
        mistakes = {"old-value-compiled-in": _stale(5, n, k)}
        expect_close(probes.jitted(add_pies, n, k), n + k, inputs={"n": n, "k": k}, mistakes=mistakes)


def _stale(first, n, k):
    """What comes out if the first of several `n` still counts. For that one itself, nothing that can come out."""
    return first + k if n != first else -1


def test_short_f_computes_the_mean(short_f):
    """The result is the mean of (x + 2)² + 3, one number of dtype float32."""
    x = jnp.array([0.0, 1.0, 5.0])
    got = short_f(x)
    saw = "The result has 3 numbers, one for each entry; a single one was expected, their mean."
    expect(not (_is_array(got) and got.shape == (3,)), "step-left-out", saw, certain=True, x=x, got=got)
    mistakes = {
        "sum-instead-of-mean": 71.0,
        "step-left-out": 62.0 / 3,
        "power-too-early": 9.0,
        "mean-too-early": 19.0,
    }
    got = expect_close(got, 71.0 / 3, inputs={"x": x}, mistakes=mistakes)
    expect_dtype(got, jnp.float32)


def test_short_f_takes_any_length(short_f):
    """It is right for arrays of one entry and of five as well."""
    for x in (jnp.array([1.5]), jnp.array([4.0, -2.0, 0.5, 1.0, -3.0])):
        total = float(np.sum((np.asarray(x) + 2) ** 2 + 3))
        expect_close(short_f(x), total / x.size, inputs={"x": x}, mistakes={"length-written-in": total / 3})


def test_short_f_has_the_right_slope(short_f):
    """Inside `jax.jit` the result is right, too, and so is the slope that `jax.grad` finds."""
    x = jnp.array([0.0, 1.0, -4.0, 3.0])
    expect_close(probes.jitted(short_f, x), 13.5, inputs={"x": x})
    slope = probes.gradient(short_f, x).slope
    expect_close(slope, (np.asarray(x) + 2) / 2, rtol=1e-4, inputs={"x": x, "looked at": "the slope"})


def test_jaxpr_prediction_has_the_right_form(jaxpr_prediction):
    """The prediction has the right form. Whether it is right counts when your notebook is graded."""
    form = '{"add": 9, "sub": 9, "exp": 9, "mul": 9}'
    _expect_form(jaxpr_prediction, PRIMITIVES, _is_whole_number, "no whole number", form)


def test_norm_with_log_gives_norm_and_log(norm_with_log):
    """The norm is right, and the log has the squares and their sum, in this order."""
    for x in ([3.0, 4.0], [2.0, -1.0, 2.0], [7.0]):
        _expect_norm(norm_with_log(jnp.array(x)), x)


def test_norm_with_log_begins_anew(norm_with_log):
    """A second call is as right as the first, and its log has its own two entries and no others."""
    for x in ([1.0, 2.0, 2.0], [6.0, 2.0, -3.0]):
        _expect_norm(norm_with_log(jnp.array(x)), x)


def test_norm_with_log_works_inside_jit_and_grad(norm_with_log):
    """Inside `jax.jit` norm and log are right, too, also the second time, and the slope of the norm can be found."""
    for x in ([2.0, 4.0, -4.0], [6.0, 0.0, 8.0]):
        _expect_norm(probes.jitted(norm_with_log, jnp.array(x)), x)
    _expect_norm_slope(norm_with_log, [3.0, 0.0, 4.0])


def test_norm_with_log_leaves_no_tracer(norm_with_log):
    """Norm and log are right, inside `jax.jit` too. Nothing outside has changed, and no tracer is left behind."""
    x = [2.0, -3.0, 6.0]
    seen = probes.observe(norm_with_log, jnp.array(x), watch="leaks")
    _expect_norm(seen.value, x)
    saw = "After the function had been traced, a tracer was still held outside it."
    expect(seen.leaks is not True, "leaked-tracer", saw, certain=True, x=jnp.array(x))
    _expect_norm(probes.jitted(norm_with_log, jnp.array(x)), x)
    _expect_pure(probes.purity(norm_with_log, jnp.array(x)), lambda got: _expect_norm(got, x))


def _expect_norm(got, x):
    """The norm of the numbers `x`, and the log of its two steps."""
    inputs = {"x": jnp.array(x)}
    _expect_two(_is_single(got), "The result is the norm alone.", got)
    norm, log = expect_pair(got, inputs=inputs)
    squares = [number**2 for number in x]
    expect(type(norm) not in (list, tuple), "pair-swapped", "The first of the two is a list, not the norm.", got=got)
    expect_close(norm, sum(squares) ** 0.5, inputs=inputs, mistakes={"root-missing": sum(squares)})
    many = type(log) in (list, tuple) and len(log) > 2 and len(log) % 2 == 0
    saw = f"The log has {len(log) if many else 0} entries after this call; 2 were expected."
    expect(not many, "remembers-calls", saw, certain=True, x=inputs["x"])
    first, second = _expect_two_entries(log, {**inputs, "looked at": "the log"})
    expect(not (_is_single(first) and not _is_single(second)), "log-in-wrong-order", _SUM_FIRST, log=log)
    expect_close(first, squares, inputs={**inputs, "looked at": "the first entry of the log"})
    expect_close(second, sum(squares), inputs={**inputs, "looked at": "the second entry of the log"})


def _expect_two_entries(log, inputs):
    try:
        return expect_pair(log, inputs=inputs)
    except CheckFailed as failed:
        saw = "The log is not a list or tuple; one with the squares and their sum was expected."
        if type(log) in (list, tuple):
            saw = f"The log has length {len(log)}; 2 entries were expected, the squares and their sum."
        raise CheckFailed(replace(failed.finding, diagnosis="log-of-another-form", saw=saw)) from None


_SUM_FIRST = "The first entry of the log is one number, and the second has several."


def _expect_norm_slope(norm_with_log, x):
    """The slope of a norm is each entry divided by it."""
    numbers = np.array(x)
    seen = probes.gradient(norm_with_log, jnp.array(x), at=0)
    expect_close(
        seen.slope, numbers / np.sqrt(np.sum(numbers**2)), rtol=1e-4, inputs={"x": x, "looked at": "the slope"}
    )


def _is_single(value):
    return _is_array(value) and value.ndim == 0


def test_with_trace_count_gives_the_function(with_trace_count):
    """The first of the two functions gives what `f` gives, for one argument and for two."""
    g, count = _expect_functions(with_trace_count(props.counted_line(3.0)))
    _expect_in_order(g, count)
    expect_close(g(jnp.array([0.0, 2.0])), [1.0, 7.0], inputs="f(x) = 3 * x + 1, and x = [0, 2]")
    g, _ = _expect_functions(with_trace_count(props.counted_product(2.0)))
    expect_close(g(jnp.array([1.0, 5.0]), 10.0), [20.0, 100.0], inputs="f(x, y) = 2 * x * y, x = [1, 5] and y = 10")


def test_with_trace_count_compiles(with_trace_count):
    """The results are right, and Python enters `f` once for each shape, not in every call."""
    line = props.counted_line(4.0)
    g, _ = _expect_functions(with_trace_count(line))
    for calls, (length, entered) in enumerate(((3, 1), (3, 1), (6, 2), (3, 2)), start=1):
        expect_close(g(jnp.ones(length)), [5.0] * length)
        _expect_entered(line, entered, calls)


def test_with_trace_count_counts_the_traces(with_trace_count):
    """The count is 0 at first, and goes up with each trace: for a new shape or dtype, not for new values."""
    g, count = _expect_functions(with_trace_count(props.counted_line(2.0)))
    _expect_count(count, 0, "before the first call")
    xs = (jnp.array([0.0, 1.0, 5.0]), jnp.array([1.0, 2.0, 3.0]), jnp.zeros(4), jnp.array([1, 2, 3]), 5.0, 7.0)
    xs = (*xs, jnp.float32(7.0))
    for calls, (x, traces) in enumerate(zip(xs, (1, 1, 2, 3, 4, 4, 5), strict=True), start=1):
        expect_close(g(x), 2 * np.asarray(x) + 1, inputs={"x": x})
        _expect_count(count, traces, f"after {calls} calls", calls, {"x of the last call": x})


def test_with_trace_count_keeps_two_counts_apart(with_trace_count):
    """Of two functions with a count, each counts its own traces, also if both were made of the same `f`."""
    line = props.counted_line(5.0)
    for other in (props.counted_line(6.0), line):
        g, count = _expect_functions(with_trace_count(line))
        g_other, count_other = _expect_functions(with_trace_count(other))
        for length in (7, 8):
            expect_shape(g(jnp.ones(length)), (length,))
        before = count()
        expect_shape(g_other(jnp.ones(9)), (9,))
        got = [count(), count_other()]
        numbers = type(before) is int and type(got[0]) is int
        saw = f"The count of g went from {before} to {got[0]} when the other one was called."
        expect(not numbers or before == got[0], "state-shared", saw, certain=True)
        expect_equal(got, [2, 1], inputs="the counts of two functions, traced for 2 shapes and for 1")


def _expect_functions(got):
    """The two functions that were asked for."""
    _expect_two(getattr(got, "kind", "") in ("function", "PjitFunction"), "The result is one function.", got)
    g, count = expect_pair(got)
    number = type(count) is int or _is_array(count)
    expect(not number, "count-handed-out-early", "The second of the two is a number, not a function.", got=count)
    return expect_callable(g), expect_callable(count)


def _expect_in_order(g, count):
    """The function comes first and its count second. `count` takes no argument, and the function takes some."""
    try:
        count()
    except TypeError:
        saw = "The first of the two functions takes nothing and gives a number. That is the count."
        expect(type(g()) is not int, "pair-swapped", saw, certain=True)
        raise


def _expect_two(alone, saw, got):
    expect(not alone, "part-missing", saw, certain=True, got=got)


def _expect_count(count, traces, when, calls=0, inputs=None):
    got = count()
    leaked = getattr(got, "kind", "") == "JAX tracer"
    expect(not leaked, "leaked-tracer", "The count is a tracer, not a number.", got=got)
    mistakes = {"calls-counted": calls} if calls != traces else {}
    looked_at = {**(inputs or {}), "looked at": f"count() {when}"}
    diagnosis = "counted-without-trace" if type(got) is int and calls else "wrong-value"
    expect_equal(got, traces, inputs=looked_at, mistakes=mistakes, diagnosis=diagnosis)


def _expect_entered(spy, entered, calls):
    """How often Python should have entered the function of a spy after so many calls."""
    got = probes.report(spy)["calls"]
    every = got == calls and calls != entered
    saw = f"After {calls} calls, f had run in Python {got} times; {entered} was expected."
    expect(not every, "traced-every-time", saw)
    expect(got == entered, "wrong-value", saw)


def test_trace_prediction_has_the_right_form(trace_prediction):
    """The prediction has the right form. Whether it is right counts when your notebook is graded."""
    form = '{"a": False, "b": False, and so on to "h"}'
    _expect_form(trace_prediction, LETTERS, _is_truth, "neither True nor False", form)


def test_reported_step_gives_the_new_number(reported_step):
    """The new number of cells is right."""
    for n, rate, grown in ((100.0, 0.5, 150.0), (8.0, -0.25, 6.0), (2.5, 0.5, 3.75)):
        # Watched, so that what it prints does not stand above the verdict.
        got = probes.observe(reported_step, n, rate, watch="printed").value
        mistakes = {"rate-as-factor": n * rate, "step-left-out": n, "number-rounded": _if_rounded(got, grown)}
        expect_close(got, grown, inputs={"n": n, "rate": rate}, mistakes=mistakes)


def test_reported_step_prints_the_new_number(reported_step):
    """The new number is right, and stands in the one line that the call prints, not rounded."""
    for n, rate, grown in ((200.0, 0.25, 250.0), (6.5, 0.5, 9.75)):
        seen = probes.observe(reported_step, n, rate, watch="printed")
        expect_close(seen.value, grown, inputs={"n": n, "rate": rate})
        _expect_lines(seen.printed, [(n, grown)])


def test_reported_step_prints_in_each_call_inside_jit(reported_step):
    """Inside `jax.jit` the number is right and is printed in each of three calls, one line a call."""
    calls = ((300.0, 0.5), (500.0, 0.25), (24.0, 2.0))
    grown = [n + rate * n for n, rate in calls]
    again = [(reported_step, n, rate) for n, rate in calls[1:]]
    seen = probes.observe(props.in_jit(), reported_step, *calls[0], watch="printed", again=again)
    expect_close(seen.value, grown[0], inputs={"n": calls[0][0], "rate": calls[0][1]})
    _expect_heard(seen.printed, reported_step)
    _expect_lines(seen.printed, [(n, new) for (n, _), new in zip(calls, grown, strict=True)])


def _expect_heard(lines, reported_step):
    """Something was printed inside `jax.jit`. What was traced before, in an earlier check, need not print at all."""
    without_jit = lines or probes.observe(reported_step, 8.0, 0.5, watch="printed").printed
    saw = "Nothing was printed inside `jax.jit`, where there was a program already. Without it, there is a line."
    expect(bool(lines) or not without_jit, "printed-while-tracing", saw, certain=True)


def _expect_lines(lines, calls):
    """One line for each call, in any order, with the new number in it: `calls` has the old and the new one of each."""
    lines = [line for line in lines or () if line.strip()]
    lines_seen = "was 1 line" if len(lines) == 1 else f"were {len(lines)} lines"
    shown = {"printed": "; ".join(lines[:4])}
    expect(bool(lines), "nothing-printed", "Nothing was printed.")
    saw = f"There {lines_seen} in {len(calls)} call{'' if len(calls) == 1 else 's'}."
    tracer = any("Tracer" in line for line in lines)
    expect(len(lines) >= len(calls), "printed-while-tracing", saw, certain=True, **shown)
    expect(not tracer, "placeholder-printed", "A line shows a tracer, not a number.", certain=True, **shown)
    expect(len(lines) == len(calls), "too-many-lines", saw, **shown)
    for old, new in calls:
        found = any(_holds(line, new) for line in lines)
        before = not found and any(_holds(line, old) for line in lines)
        expect(not before, "old-number-printed", f"There is no line with {new:g}, but one with {old:g}.", **shown)
        rounded = [number for line in lines for number in _numbers_in(line) if _is_rounded(number, new)]
        saw = f"There is no line with {new:g}, but one with {rounded[0] if rounded else 0:g}."
        expect(found or not rounded, "number-rounded", saw, certain=True, **shown)
        expect(found, "number-not-in-line", f"There is no line with {new:g}.", **shown)


def _holds(line, number):
    """Whether this number stands in a line, to two decimals at least."""
    return any(abs(found - number) < 0.01 + 1e-5 * abs(number) for found in _numbers_in(line))


def _numbers_in(line):
    return [float(word) for word in re.findall(r"[-+]?\d+\.?\d*(?:[eE][-+]?\d+)?", line)]


def _is_rounded(number, right):
    """Whether a number is another one that lies near it, with one decimal or none."""
    return 0.01 < abs(number - right) < 1 and abs(number * 10 - round(number * 10)) < 1e-4


def _if_rounded(got, right):
    """`got` if it is a rounded number, else a number that never comes out."""
    number = float(got) if type(got) in (int, float) or (_is_array(got) and got.ndim == 0) else -1.0
    return number if _is_rounded(number, right) else -1.0


def test_running_gc_counts_one_read(running_gc):
    """A read is counted into the state, and the share is that of all bases so far. An equal state gives the same."""
    for gc, bases, read in ((0, 0, [2, 2, 1, 3, 2, 0, 3]), (3, 4, [3, 0, 1, 0]), (2, 10, [2, 2, 1, 0, 2])):
        first, second = (running_gc(_gc_state(gc, bases), jnp.array(read)) for _ in range(2))
        _expect_gc(first, gc, bases, read)
        _expect_again(second, lambda got, gc=gc, bases=bases, read=read: _expect_gc(got, gc, bases, read))


def test_running_gc_keeps_the_old_state(running_gc):
    """The new state and the share are right. The caller's dictionary is as it was, and so is everything outside."""
    read = [1, 3, 2]
    state = _gc_state(5, 11)
    seen = probes.observe(running_gc, state, jnp.array(read))
    _expect_untouched(seen, state, jnp.array(read), diagnosis="dictionary-changed")
    _expect_gc(seen.value, 5, 11, read)
    _expect_pure(probes.purity(running_gc, state, jnp.array(read)), lambda got: _expect_gc(got, 5, 11, read))


def test_running_gc_works_in_scan(running_gc):
    """Inside `jax.jit` and in `jax.lax.scan` over three reads the shares are right, too, and so is the last state."""
    reads = [[0, 1, 2, 1], [3, 0, 0, 2], [2, 2, 1, 0]]
    got = probes.observe(props.in_scan(), running_gc, _gc_state(0, 0), jnp.array(reads)).value
    last, shares = expect_pair(got)
    expect_close(shares, [3 / 4, 4 / 8, 7 / 12], inputs={"reads": reads, "looked at": "the three shares"})
    _expect_gc_state(last, 7, 12)
    _expect_gc(probes.jitted(running_gc, _gc_state(2, 9), jnp.array(reads[0])), 2, 9, reads[0])


def _gc_state(gc, bases):
    return {"gc": jnp.array(gc, jnp.int32), "bases": jnp.array(bases, jnp.int32)}


def _expect_gc(got, gc, bases, read):
    """The state with `gc` of `bases` and then `read`, and the share in both."""
    own = sum(base in (1, 2) for base in read)
    inputs = {"state": {"gc": gc, "bases": bases}, "read": read}
    _expect_two(type(got) is dict, "The result is the state alone.", got)
    state, share = expect_pair(got, inputs=inputs)
    swapped = type(share) is dict and type(state) is not dict
    expect(not swapped, "pair-swapped", "The first of the two is no dictionary, and the second is one.", got=got)
    _expect_gc_state(state, gc + own, bases + len(read), inputs=inputs, old=(gc, bases), read=read)
    mistakes = _wrong_shares(gc, bases, own, len(read)) if bases else {}
    right = (gc + own) / (bases + len(read))
    looked_at = {**inputs, "looked at": "the share"}
    share = expect_close(share, right, inputs=looked_at, mistakes=mistakes)
    expect_dtype(share, jnp.float32, inputs=looked_at)


def _wrong_shares(gc, bases, own, length):
    """The share that each misconception gives, of `own` among `length` bases after `gc` among `bases`."""
    parts = {"state-ignored": own / length, "read-not-counted-in": gc / bases}
    return {**parts, "mean-of-shares": sum(parts.values()) / 2}


def _expect_gc_state(state, gc, bases, *, inputs=None, old=(-1, -1), read=()):
    looked_at = {**(inputs or {}), "looked at": "the new state"}
    is_one = type(state) is dict
    expect(is_one, "state-is-no-dictionary", "The new state is not a dictionary.", certain=True, **looked_at, got=state)
    keys = sorted(map(str, state))
    expect(
        keys == ["bases", "gc"], "wrong-keys", f"The state has the keys {', '.join(keys) or 'of none'}.", **looked_at
    )
    for name, right, before in (("gc", gc, old[0]), ("bases", bases, old[1])):
        at = {**looked_at, "looked at": f'the entry "{name}" of the new state'}
        mistakes = {"old-state-returned": before, "state-ignored": right - before}
        mistakes = {what: wrong for what, wrong in mistakes.items() if before > 0 and wrong != right}
        if len(read) > 0:
            mistakes |= _miscounted(name, state[name], right, before, read)
        got = expect_close(state[name], right, inputs=at, mistakes=mistakes)
        saw = f'The entry "{name}" of the new state has dtype {got.dtype}; int32 was expected.'
        expect(not jnp.issubdtype(got.dtype, jnp.floating), "counted-in-floats", saw, certain=True, **at)
        expect_dtype(got, jnp.int32, inputs=at)


def _miscounted(name, got, right, before, read):
    """What comes out for the length of the example, or for other bases than G and C; if `got` is that, then so."""
    if name == "bases":
        return {"length-written-in": before + 4} if before + 4 != right else {}
    sets = ((3,), (2, 3), (1, 2, 3), (0, 3), (2,), (1,))
    wrong = [before + sum(base in counted for base in read) for counted in sets]
    found = [number for number in wrong if number not in (right, before) and _is_single(got) and got == number]
    return {"other-bases-counted": found[0]} if found else {}


def test_read_photometer_reads(read_photometer):
    """The readings are right, and keep the shape of the light that came in."""
    before = []
    for gain, dark, light in ((0.5, 3.0, [4.0]), (3.0, -1.0, [0.0, 2.0, 7.0, 1.5]), (2.0, 1.0, [1.0, 5.0, 9.0])):
        got = read_photometer({"gain": gain, "dark": dark}, jnp.array(light))
        old = [[was[0] * (one - was[1]) for one in light] for was in before]
        _expect_reading(got, gain, dark, light, old)
        before.append((gain, dark))


def test_read_photometer_takes_the_settings_of_each_call(read_photometer):
    """New settings give new readings, for the same light, also if an earlier call had others."""
    _expect_readings(read_photometer, [2.0, 6.0, 4.0, 3.0, 7.5])


def test_read_photometer_works_inside_jit(read_photometer):
    """The same holds inside `jax.jit`: new settings give new readings, be they arrays or Python floats."""
    _expect_readings(lambda settings, light: probes.jitted(read_photometer, settings, light), [8.0, 1.0])


def test_read_photometer_leaves_the_settings(read_photometer):
    """The readings are right. The caller's dictionary is as it was, and so is everything else outside."""
    numbers = [1.0, 2.5, 3.0, 5.0, 6.0, 8.0]
    settings, light = {"gain": jnp.array(4.0), "dark": jnp.array(0.5)}, jnp.array(numbers)
    seen = probes.observe(read_photometer, settings, light)
    _expect_untouched(seen, settings, light, diagnosis="dictionary-changed")
    _expect_reading(seen.value, 4.0, 0.5, numbers)
    seen = probes.purity(read_photometer, settings, light)
    _expect_pure(seen, lambda got: _expect_reading(got, 4.0, 0.5, numbers))


def _expect_readings(read, light):
    """The readings of the same light under three settings, one after the other."""
    before = []
    for gain, dark, kind in ((4.0, 1.5, jnp.float32), (10.0, 1.5, jnp.float32), (10.0, 3.0, float)):
        settings = {"gain": kind(gain), "dark": kind(dark)}
        _expect_reading(read(settings, jnp.array(light)), gain, dark, light, before)
        before.append([gain * (one - dark) for one in light])


def _expect_reading(got, gain, dark, light, before=()):
    right = [gain * (one - dark) for one in light]
    got = expect_shape(got, (len(light),), inputs={"gain": gain, "dark": dark, "light": light})
    old = next((one for one in before if np.allclose(got, one)), None)
    mistakes = {} if old is None else {"old-settings-compiled-in": old}
    mistakes["brackets-missing"] = [gain * one - dark for one in light]
    mistakes["entries-by-order"] = [dark * (one - gain) for one in light]
    mistakes["read-from-outside"] = [2.0 * (one - 1.0) for one in light]  # the settings of the lab's own examples
    expect_close(got, right, inputs={"gain": gain, "dark": dark, "light": light}, mistakes=mistakes)


def test_purity_quiz_has_the_right_form(purity_quiz):
    """The answers have the right form. Whether they are right counts when your notebook is graded."""
    off = "none of " + ", ".join(f'"{kind}"' for kind in KINDS)
    form = '{"a": "pure", "b": "pure", and so on to "h"}'
    _expect_form(purity_quiz, LETTERS, lambda part: type(part) is str and part in KINDS, off, form)


def _expect_form(prediction, keys, fits, off, form):
    """A dictionary with these keys, and under each of them something that fits; `off` says what it is else."""
    saw = _what_is_off(prediction, keys, fits, off)
    expect(saw == "", "wrong-form", f"{saw} It should look like {form}, with your own answers.", got=prediction)


def _what_is_off(prediction, keys, fits, off):
    if type(prediction) is not dict:
        return "This is not a plain dictionary."
    missing = [name for name in keys if name not in prediction]
    if missing:
        return f"Missing {'is the key' if len(missing) == 1 else 'are the keys'} {_listed(missing)}."
    if len(prediction) > len(keys):
        return f"There are {len(prediction)} keys, not {len(keys)}."
    wrong = [name for name in keys if not fits(prediction[name])]
    return f"What stands under {_listed(wrong)} is {off}." if wrong else ""


def _listed(names):
    """The first three of several keys, as one would type them."""
    return ", ".join(f'"{name}"' for name in names[:3]) + (", ..." if names[3:] else "")


def _expect_pure(seen, expect_right):
    """The right value twice, and nothing outside changed."""
    expect_right(seen.first)
    _expect_again(seen.second, expect_right)
    names = ", ".join(f"`{name}`" for name in seen.changed)
    expect(not seen.changed, "changed-outside", f"After the call, {names} had changed.", certain=True)


def _expect_again(second, expect_right):
    """A second call is right, too, where the first one was."""
    try:
        expect_right(second)
    except CheckFailed as failed:
        saw = "A second call with the same arguments gave another result."
        finding = type(failed.finding)("remembers-calls", saw, failed.finding.evidence)
        raise CheckFailed(finding, certain=True) from None


def _expect_untouched(seen, *before, diagnosis="input-changed"):
    """What the caller handed in holds the same after the call. Asked before the values: this finding is certain."""
    try:
        expect_equal(list(seen.inputs_after), list(before), inputs=AFTERWARDS, diagnosis=diagnosis)
    except CheckFailed as failed:
        saw = "What the caller handed in was not the same after the call as before it."
        raise CheckFailed(replace(failed.finding, saw=saw), certain=True) from None


def _is_array(value):
    return isinstance(value, np.ndarray | np.generic | jax.Array)


def _is_whole_number(value):
    is_one = _is_array(value) and value.ndim == 0 and jnp.issubdtype(value.dtype, jnp.integer)
    return type(value) is int or bool(is_one)


def _is_truth(value):
    is_one = _is_array(value) and value.ndim == 0 and value.dtype == bool
    return type(value) is bool or bool(is_one)
