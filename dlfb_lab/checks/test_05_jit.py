"""Visible checks of the lab on compilation."""

import jax.numpy as jnp
import numpy as np

from dlfb_lab import (
    expect,
    expect_close,
    expect_compiles,
    expect_dtype,
    expect_equal,
    expect_fields,
    expect_raises,
    expect_shape,
    probes,
    props,
)

NAN = float("nan")


def test_ten_power_sum_adds_tenth_powers(ten_power_sum):
    """The tenth powers of all entries are added up, whatever their number is."""
    for numbers, right in (([1, 2, 3, 4, 5], 10874275), ([5, 4, 3, 2], 10874274), ([2], 1024)):
        arr = jnp.array(numbers)
        mistakes = {"power-turned-round": sum(10**number for number in numbers)}
        expect_close(ten_power_sum(arr), right, inputs={"arr": arr}, mistakes=mistakes)


def test_ten_power_sum_gives_a_whole_number(ten_power_sum):
    """The sum is right, and it is a whole number, of dtype int32."""
    arr = jnp.array([3, 0, 1])
    got = expect_close(ten_power_sum(arr), 59050, inputs={"arr": arr})
    expect_dtype(got, jnp.int32, inputs={"arr": arr})


def test_ten_power_sum_is_compiled_once_for_each_length(ten_power_sum):
    """The sum is right, your function is compiled, and five calls with two lengths compile two programs."""
    long, short = jnp.arange(37) % 3, jnp.arange(23) % 3
    again = [[long + 1], [short], [long], [short + 1]]
    seen = probes.observe(ten_power_sum, long, watch="traces", again=again)
    expect_close(seen.value, 12 + 12 * 1024, inputs="0, 1, 2, 0, 1, 2, ...: 37 entries")
    expect_compiles(seen, 2)


def _selu(x, alpha=1.67, lambda_=1.05):
    """SELU of numbers, with 64 bits."""
    x = np.asarray(x, np.float64)
    return lambda_ * np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def test_selu_bends_the_numbers(selu):
    """Each entry of an array of any shape, and a single number, is bent as the formula says."""
    for x in (jnp.array([1.0, 0.0, -1.0]), jnp.array([[2.5, -3.0], [-0.25, 7.0], [-9.0, 0.5]]), 1.5):
        mistakes = {"mask-inverted": 1.05 * np.where(np.asarray(x) > 0, 1.67 * np.expm1(x), x)}
        expect_close(selu(x), _selu(x), rtol=1e-4, atol=1e-5, inputs={"x": x}, mistakes=mistakes)


def test_selu_takes_whole_numbers(selu):
    """Whole numbers are bent, too, and the result is float32."""
    x = jnp.array([-2, 0, 3, 100])
    got = expect_close(selu(x), _selu(x), rtol=1e-4, inputs={"x": x})
    expect_dtype(got, jnp.float32, inputs={"x": x})


def test_selu_takes_other_constants(selu):
    """With other values of `alpha` and `lambda_`, by place or by name, the result is right as well."""
    x = jnp.array([2.0, -0.5])
    old = {"constants-written-in": _selu(x)}
    for names in ({"alpha": 0.5}, {"lambda_": 4.0}):
        expect_close(selu(x, **names), _selu(x, **names), rtol=1e-4, inputs={"x": x, **names}, mistakes=old)
    inputs = {"x": x, "alpha": 3, "lambda_": 2}
    expect_close(selu(x, 3.0, 2.0), _selu(x, 3.0, 2.0), rtol=1e-4, inputs=inputs, mistakes=old)


def test_selu_works_inside_jit(selu):
    """The numbers are right inside `jax.jit`, too, where none of the arguments has a value yet."""
    x = jnp.array([-1.5, 4.0, 0.0])
    inputs = {"x": x, "alpha": 2, "lambda_": 1.5}
    expect_close(probes.jitted(selu, x, 2.0, 1.5), _selu(x, 2.0, 1.5), rtol=1e-4, atol=1e-5, inputs=inputs)


def test_selu_has_a_slope_everywhere(selu):
    """The value and its slope are right at 2 and -1, and also far away, at 100 and -100."""
    for x in (2.0, -1.0, 100.0, -100.0):
        seen = probes.gradient(selu, x)
        expect_close(seen.value, _selu(x), rtol=1e-4, inputs={"x": x})
        slope = 1.05 if x > 0 else 1.05 * 1.67 * np.exp(x)
        inputs = {"x": x, "looked at": "the slope"}
        mistakes = {"slope-of-the-other-side" if abs(x) > 10 else "slope-not-finite": NAN}
        expect_close(seen.slope, slope, rtol=1e-4, inputs=inputs, mistakes=mistakes)


def _growth(t):
    """The rate at temperatures, and its slope, with 64 bits."""
    t = np.asarray(t, np.float64)
    good, root = (t > 10) & (t < 35), np.sqrt(np.clip(35 - t, 1e-9, None))
    rate = 0.0002 * t * (t - 10) * root
    slope = 0.0002 * ((2 * t - 10) * root - t * (t - 10) / (2 * root))
    return np.where(good, rate, 0), np.where(good, slope, 0)


def test_growth_by_temperature_follows_the_formula(growth_by_temperature):
    """Between 10 and 35 degrees the rate is what the formula says."""
    for t in (28.0, 11.5, 20.0, 34.25, float(np.float32(34.995))):
        expect_close(growth_by_temperature(t), _growth(t)[0], rtol=1e-4, inputs={"temperature": t})


def test_growth_by_temperature_stops_in_the_cold_and_in_the_heat(growth_by_temperature):
    """At 25 degrees there is growth. Up to 10 degrees and from 35 degrees on there is none: the rate is 0."""
    for t in (25.0, 10.0, 4.0, 35.0, 40.0, 70.0, -20.0):
        got = growth_by_temperature(jnp.float32(t))
        expect_close(got, _growth(t)[0], rtol=1e-4, inputs={"temperature": t})


def test_growth_by_temperature_works_inside_jit(growth_by_temperature):
    """The rate is right inside `jax.jit`, too, where the temperature has no value yet."""
    for t in (22.5, 37.0, 3.0):
        got = probes.jitted(growth_by_temperature, jnp.float32(t))
        expect_close(got, _growth(t)[0], rtol=1e-4, inputs={"temperature": t})


def test_growth_by_temperature_works_inside_vmap(growth_by_temperature):
    """The rates are right inside `jax.vmap`, for five temperatures at once."""
    t = jnp.array([15.0, 50.0, 30.0, -5.0, 33.0])
    got = probes.mapped(growth_by_temperature, t)
    expect_close(got, _growth(t)[0], rtol=1e-4, inputs={"temperature, one after the other": t})


def test_growth_by_temperature_has_a_slope(growth_by_temperature):
    """The rate and its slope are right, where it is good, where it is too cold, and where it is too hot."""
    for t in (24.0, 33.0, float(np.float32(34.995)), 5.0, -10.0, 41.0, 60.0):
        seen = probes.gradient(growth_by_temperature, t)
        value, slope = _growth(t)
        expect_close(seen.value, value, rtol=1e-4, inputs={"temperature": t})
        inputs = {"temperature": t, "looked at": "the slope"}
        mistakes = {} if np.isfinite(seen.slope).all() else {_no_slope(growth_by_temperature): NAN}
        expect_close(seen.slope, slope, rtol=1e-4, inputs=inputs, mistakes=mistakes)


def _no_slope(growth_by_temperature):
    """Why there is no slope: whoever chooses nothing cuts the temperature off."""
    program = probes.program(growth_by_temperature, jnp.float32(41))
    chooses = program is None or program.primitives.keys() & {"select_n", "cond"}
    return "slope-not-finite" if chooses else "clipped-to-the-edge"


def _expressed(x, threshold):
    """The right mean, and what each misconception makes of it."""
    x = np.asarray(x, np.float64)
    over = x > threshold
    mistakes = {
        "masked-entries-counted": np.where(over, x, 0).mean(),
        "boundary-on-wrong-side": x[x >= threshold].mean() if (x >= threshold).any() else 0.0,
        "mask-inverted": x[~over].mean() if (~over).any() else 0.0,
        "argument-ignored": x.mean(),
        "zeros-not-counted": x[over].sum() / max(np.count_nonzero(x[over]), 1),
    }
    if not (over & (x == 0)).any():
        del mistakes["zeros-not-counted"]
    return (x[over].mean() if over.any() else 0.0), mistakes


def test_expressed_mean_averages_the_expressed(expressed_mean):
    """The mean is that of the entries above the threshold alone, be they few, one, or all."""
    for numbers, threshold in (([0.0, 12.0, 3.0, 30.0, 8.0], 5.0), ([4.0, 1.0, 2.0], 3.0), ([6.0], 2.5)):
        x = jnp.array(numbers)
        right, mistakes = _expressed(x, threshold)
        inputs = {"x": x, "threshold": threshold}
        expect_close(expressed_mean(x, threshold), right, inputs=inputs, mistakes=mistakes)


def test_expressed_mean_leaves_the_threshold_out(expressed_mean):
    """The mean is right without an entry that equals the threshold, and for negative entries, where a 0 may count."""
    for numbers, threshold in (([5.0, 9.0, 5.0, 11.0], 5.0), ([-3.0, 0.0, 2.0, -1.0, -7.0], -3.0)):
        x = jnp.array(numbers)
        right, mistakes = _expressed(x, threshold)
        inputs = {"x": x, "threshold": threshold}
        expect_close(expressed_mean(x, threshold), right, inputs=inputs, mistakes=mistakes)


def test_expressed_mean_of_nothing_is_zero(expressed_mean):
    """The mean of a single entry above the threshold is that entry. If no entry is above it, the mean is 0."""
    x = jnp.array([0.0, 3.0, 30.0])
    for threshold, right in ((4.0, 30.0), (30.0, 0.0)):
        mistakes = {"empty-mean": NAN} if right == 0 else {"masked-entries-counted": 10.0}
        inputs = {"x": x, "threshold": threshold}
        expect_close(expressed_mean(x, threshold), right, inputs=inputs, mistakes=mistakes)


def test_expressed_mean_works_inside_jit(expressed_mean):
    """The mean is right inside `jax.jit`, too, where no argument has a value yet, and 0 if nothing is expressed."""
    x = jnp.array([7.0, 1.0, 4.0, 9.0, 2.0])
    for threshold, right in ((3.0, 20 / 3), (9.0, 0.0)):
        got = probes.jitted(expressed_mean, x, threshold)
        inputs = {"x": x, "threshold": threshold}
        expect_close(got, right, inputs=inputs, mistakes=_expressed(x, threshold)[1])


def test_summarize_gives_mean_and_median(summarize):
    """It gives the mean or the median, as asked for."""
    for numbers in ([1, 2, 100], [4, 0, 1, 9, 3]):
        x = jnp.array(numbers)
        mean, median = np.mean(numbers), np.median(numbers)
        for method, right, other in (("mean", mean, median), ("median", median, mean)):
            inputs = {"average_method": method, "x": x}
            expect_close(summarize(method, x), right, inputs=inputs, mistakes={"argument-ignored": other})


def test_summarize_gives_float32(summarize):
    """The results are right for numbers with a decimal point, too, and have dtype float32."""
    x = jnp.array([0.5, 2.5, 1.5, 7.5])
    for method, right in (("mean", 3.0), ("median", 2.0)):
        inputs = {"average_method": method, "x": x}
        expect_dtype(expect_close(summarize(method, x), right, inputs=inputs), jnp.float32, inputs=inputs)


def test_summarize_refuses_other_words(summarize):
    """The mean is right, and any other word than the two raises a ValueError."""
    x = jnp.array([2.0, 4.0, 9.0])
    expect_close(summarize("mean", x), 5.0, inputs={"average_method": "mean", "x": x})
    for word in ("mode", "Mean"):
        expect_raises(ValueError, summarize, word, x)


def test_summarize_makes_two_programs(summarize):
    """The mean is right, your function is compiled, and mean, median and mean of three arrays make two programs."""
    x = jnp.arange(37.0)
    seen = probes.observe(summarize, "mean", x, watch="traces", again=[["median", x + 1], ["mean", x + 2]])
    expect_close(seen.value, 18.0, inputs={"average_method": "mean", "x": "0, 1, ..., 36"})
    expect_compiles(seen, 2)


def _hill(x, n, k):
    """The shares that are bound, with 64 bits."""
    x = np.asarray(x, np.float64)
    return x**n / (k**n + x**n)


def test_hill_gives_the_bound_share(hill):
    """The bound shares are right, from none at all to nearly everything, for arrays of any shape."""
    for x, n, k in (([0.0, 2.0, 6.0], 2.0, 2.0), ([[0.5, 1.0], [3.0, 8.0], [0.0, 20.0]], 1.5, 4.0)):
        right, inputs = _hill(x, n, k), {"x": jnp.array(x), "n": n, "k": k}
        mistakes = {"arguments-swapped": _hill(x, k, n)}
        got = expect_close(hill(jnp.array(x), n, k), right, rtol=1e-4, inputs=inputs, mistakes=mistakes)
        expect_dtype(got, jnp.float32, inputs=inputs)


def test_hill_is_half_at_k(hill):
    """At a concentration of k one half is bound, whatever n is; above k the more, the larger n is."""
    x = jnp.array([3.0, 6.0])
    for n in (1.0, 2.0, 4.0):
        inputs = {"x": x, "n": n, "k": 3.0}
        expect_close(hill(x, n, 3.0), _hill(x, n, 3.0), rtol=1e-4, inputs=inputs)


def test_hill_makes_one_program(hill):
    """The shares are right, your function is compiled, and six calls with five pairs of n and k make one program."""
    x = jnp.arange(37.0)
    pairs = [[1.25, 2.0], [2.0, 2.0], [2.0, 3.5], [4.0, 1.0], [1.25, 2.0]]
    seen = probes.observe(hill, x, 3.0, 5.0, watch="traces", again=[[x, *pair] for pair in pairs])
    expect_close(seen.value, _hill(x, 3.0, 5.0), rtol=1e-4, inputs={"x": "0, 1, ..., 36", "n": 3.0, "k": 5.0})
    expect_compiles(seen)


def _padded(numbers, length, padding=0.0):
    """The numbers and their padding, and the mask."""
    x = np.full(length, padding, np.float32)
    x[: len(numbers)] = numbers
    return jnp.array(x), jnp.arange(length) < len(numbers)


def test_padded_mean_leaves_the_padding_out(padded_mean):
    """The mean is that of the real entries, whether they are some, all, or do not stand at the front."""
    scattered = jnp.array([9.0, 4.0, 9.0, 7.0, 1.0]), jnp.array([False, True, False, True, True])
    for x, mask in (_padded([1.0, 2.0, 6.0], 8), _padded([5.0, 7.0], 2), scattered):
        real = np.asarray(x)[np.asarray(mask)]
        mistakes = {
            "masked-entries-counted": np.where(mask, x, 0).mean(),
            "argument-ignored": np.asarray(x).mean(),
            "mask-inverted": np.where(mask, 0, x).sum() / max(int((~np.asarray(mask)).sum()), 1),
            "real-at-the-front": np.asarray(x)[: int(mask.sum())].mean(),
        }
        if bool(mask[: int(mask.sum())].all()):
            del mistakes["real-at-the-front"]
        if np.isclose(np.asarray(x).mean(), np.where(mask, x, 0).mean()):
            del mistakes["argument-ignored"]  # the padding is 0: that it was counted is all one can see
        expect_close(padded_mean(x, mask), real.mean(), inputs={"x": x, "mask": mask}, mistakes=mistakes)


def test_padded_mean_does_not_mind_nan(padded_mean):
    """The mean is right, whatever stands in the padding, large numbers or NaN, also with compilation switched off."""
    for padding in (1000.0, NAN):
        x, mask = _padded([3.0, 4.0, 8.0], 5, padding)
        mistakes = {"nan-survives-mask": NAN} if np.isnan(padding) else {"argument-ignored": np.asarray(x).mean()}
        expect_close(padded_mean(x, mask), 5.0, inputs={"x": x, "mask": mask}, mistakes=mistakes)
        inputs = {"x": x, "mask": mask, "compilation": "switched off"}
        expect_close(probes.under(padded_mean, x, mask, setting="no-jit"), 5.0, inputs=inputs, mistakes=mistakes)


def test_padded_mean_of_padding_alone_is_zero(padded_mean):
    """The mean of one real entry is that entry. If no entry is real, the mean is 0."""
    for real, right in (([6.0], 6.0), ([], 0.0)):
        x, mask = _padded(real, 4)
        mistakes = {"masked-entries-counted": 1.5} if real else {"empty-mean": NAN}
        expect_close(padded_mean(x, mask), right, inputs={"x": x, "mask": mask}, mistakes=mistakes)


def test_padded_mean_makes_one_program(padded_mean):
    """The mean is right, your function is compiled, and ten lengths that were padded to one make one program."""
    calls = [_padded(np.arange(1.0, 1.0 + length), 37) for length in (12, 7, 31, 4, 37, 9, 22, 15, 18, 28)]
    seen = probes.observe(padded_mean, *calls[0], watch="traces", again=[*map(list, calls[1:]), list(calls[0])])
    expect_close(seen.value, 6.5, inputs="1, 2, ..., 12, padded to 37", mistakes={"masked-entries-counted": 78 / 37})
    expect_compiles(seen, again="compiled-for-each-length")


def test_padded_mean_has_a_slope(padded_mean):
    """The mean and its slopes are right, also if the padding is NaN, or if nothing is real: 0 in the padding."""
    for real in ([2.0, 3.0, 7.0], []):
        x, mask = _padded(real, 5, NAN if real else 0.0)
        seen = probes.gradient(padded_mean, x, mask)
        inputs = {"x": x, "mask": mask}
        expect_close(seen.value, 4.0 if real else 0.0, inputs=inputs)
        slope = expect_shape(seen.slope, (5,), inputs=inputs)
        looked_at = {**inputs, "looked at": "the slopes"}
        expect(not np.isnan(slope).any(), "slope-not-finite", "A slope is NaN.", certain=True, **looked_at, got=slope)
        expect_close(slope, np.asarray(mask) / max(len(real), 1), inputs=looked_at)


def _fitted(times, amounts, start, steps, speed=lambda k: 0.5 / (1 + k), sign=-1):
    """The rate after so many steps, with 64 bits."""
    times, amounts = np.asarray(times, np.float64), np.asarray(amounts, np.float64)
    rate = float(start)
    for k in range(steps):
        left = np.exp(-rate * times)
        rate += sign * speed(k) * np.mean(2 * (left - amounts) * -times * left)
    return rate


def _fits(times, amounts, start, steps):
    """What each misconception makes of a fit, by diagnosis; only what differs from the right rate."""
    right = _fitted(times, amounts, start, steps)
    mistakes = {
        "first-value-kept": _fitted(times, amounts, start, steps, speed=lambda k: 0.5),
        "gradient-uphill": _fitted(times, amounts, start, steps, sign=1),
        "one-step-only": _fitted(times, amounts, start, 1),
        "one-step-off": _fitted(times, amounts, start, steps, speed=lambda k: 0.5 / (1 + k) if k else 0.0),
    }
    if steps < 3:
        del mistakes["one-step-off"]  # with so few, who starts again in each round gets the same
    return right, {name: wrong for name, wrong in mistakes.items() if abs(wrong - right) > 1e-3}


def test_fit_decay_goes_downhill(fit_decay):
    """After five steps, and after one, two and nine, the rate is right."""
    times = jnp.array([0.0, 1.0, 2.0, 4.0])
    amounts = jnp.exp(-0.7 * times)
    for steps in (5, 1, 2, 9):
        right, mistakes = _fits(times, amounts, 0.2, steps)
        inputs = {"times": times, "amounts": amounts, "start": 0.2, "steps": steps}
        got = fit_decay(times, amounts, jnp.float32(0.2), steps)
        expect_close(got, right, rtol=1e-4, inputs=inputs, mistakes=mistakes)


def test_fit_decay_takes_other_data(fit_decay):
    """With other data and another start the rate is right, too."""
    times, amounts = jnp.array([0.5, 3.0, 1.5]), jnp.array([0.9, 0.35, 0.6])
    right, mistakes = _fits(times, amounts, 1.5, 4)
    inputs = {"times": times, "amounts": amounts, "start": 1.5, "steps": 4}
    got = fit_decay(times, amounts, jnp.float32(1.5), 4)
    expect_close(got, right, rtol=1e-4, inputs=inputs, mistakes=mistakes)


def test_fit_decay_compiles_outside_the_loop(fit_decay):
    """After twenty steps the rate is right, and they compiled one or two programs."""
    times = jnp.linspace(0.0, 3.0, 37)
    amounts = jnp.exp(-0.4 * times)
    args = [times, amounts, jnp.float32(0.9), 20]
    first = probes.observe(fit_decay, *args, watch="traces")
    right, mistakes = _fits(times, amounts, 0.9, 20)
    expect_close(first.value, right, rtol=1e-4, inputs="37 times, 20 steps from a rate of 0.9", mistakes=mistakes)
    if first.compiles > 2:
        # Six steps, twice: if the second call compiles as much again, what differs from step to step is not the reason.
        args[3] = 6
        twice = probes.observe(fit_decay, *args, watch="traces", again=[args])
        diagnosis = "jit-made-anew" if twice.compiles > 6 + 2 else "compiled-again"
        expect(False, diagnosis, f"20 steps compiled {first.compiles} programs; one or two were expected.")
    if first.compiles == 0:
        expect(_loops_in_jax(fit_decay, args), "not-compiled", "20 steps, and no function of yours was compiled.")


def _loops_in_jax(fit_decay, args):
    """Whether a loop of JAX carries the steps out: that is one program, and is compiled without `jit` as well."""
    program = probes.program(fit_decay, *args)
    return program is not None and bool(program.primitives.keys() & {"scan", "while"})


def _timed(benchmark, form, repeats, slowness=1.0):
    """The time of `repeats` calls on a computer whose time is known, how often it was called, and what to show."""
    computer = props.fake_computer(form, slowness)
    work, clock = expect_fields(probes.fields(computer, "work", "clock"), "work", "clock")
    got = benchmark(work, jnp.arange(3.0), 2.0, repeats=repeats, clock=clock)
    seen = expect_fields(probes.report(computer), "calls", "readings", "not waited for", "traced")
    calls, readings, not_waited_for, traced = (int(expect_shape(part, ())) for part in seen)
    saw = "`f` was handed to `jax.jit`, or to another function of JAX that reads it with placeholders."
    expect(traced == 0, "timed-another-function", saw, certain=True)
    seconds = [slowness * (31.0, 61.0, 16.0)[number % 3] for number in range(repeats)]
    right, with_first = sum(seconds) / repeats, 1008 * slowness + sum(seconds)
    first = f"the first call takes {1008 * slowness:g} seconds"
    inputs = f"repeats = {repeats}; {first}, the next ones {', '.join(f'{one:g}' for one in seconds)}"
    timed = float(expect_shape(got, (), inputs=inputs))
    if not np.isclose(timed, right, rtol=1e-5):
        shown = {"inputs": inputs, "expected": right, "got": got}
        for diagnosis, shows, saw in (
            ("other-clock", calls > 0 and readings == 0, "The clock was never asked."),
            ("total-time-returned", repeats > 1 and np.isclose(timed, sum(seconds)), "It is the time of all calls."),
            (
                "compilation-timed",
                1000 * slowness / (repeats + 1) <= timed <= with_first,
                "The first call's time is in it.",
            ),
            ("not-waited-for", not_waited_for > 0, _unfinished(calls, not_waited_for)),
            ("not-waited-for", np.isclose(timed, slowness), "The clock stopped before the results were there."),
            ("number-of-calls", calls != repeats + 1, _wrong_number(calls, repeats)),
        ):
            expect(not shows, diagnosis, saw, certain=True, **shown)
    expect_close(timed, right, inputs=inputs)
    return calls, not_waited_for, inputs


def _unfinished(calls, not_waited_for):
    were = "was" if not_waited_for == 1 else "were"
    return f"Of {calls} results, {not_waited_for} {were} not waited for as a whole before the next call."


def _wrong_number(calls, repeats):
    return f"The function was called {calls} times; {repeats + 1} calls were expected."


def test_benchmark_gives_the_mean_time(benchmark):
    """The mean time of three calls, and of five, is right: without the first call, and until the work is done."""
    for repeats in (3, 5):
        _timed(benchmark, "dictionary", repeats)


def test_benchmark_waits_for_every_result(benchmark):
    """The mean time is right, and each result, tuple or dictionary, was waited for as a whole before the next call."""
    for form in ("tuple", "dictionary"):
        calls, not_waited_for, inputs = _timed(benchmark, form, 3)
        expect(not_waited_for == 0, "not-waited-for", _unfinished(calls, not_waited_for), inputs=inputs)


def test_benchmark_calls_once_more_than_it_times(benchmark):
    """The mean time is right, for one call as well, and the function is called once more than `repeats` says."""
    for repeats in (1, 3):
        calls, _, inputs = _timed(benchmark, "dictionary", repeats)
        expect(calls == repeats + 1, "number-of-calls", _wrong_number(calls, repeats), inputs=inputs)


def test_benchmark_has_a_clock_of_its_own(benchmark):
    """The mean time is right by the clock that it is given. If it is given none, it gives seconds of the real clock."""
    _timed(benchmark, "dictionary", 3)
    got = expect_shape(benchmark(props.quadratic(1.0), jnp.arange(37.0)), (), inputs="a loss, and no clock")
    saw = "The time of a call of some microseconds should be a small number above 0."
    expect(bool(0 < got < 60), "wrong-value", saw, got=got)


def _pipeline(*names):
    """Steps of these names."""
    return {name: props.pipeline_step(name) for name in names}


def _expect_step(find_the_nan, names, x, right, passed_on=None, **other):
    """Expects the name of the step; `passed_on` is a later one that has NaN as well. Returns what was seen.

    `other` are the steps that other mistakes name, by the diagnosis with _ for -.
    """
    # Watched each time, so that what one call leaves on does not hide from the next one.
    seen = probes.observe(find_the_nan, _pipeline(*names), x, watch="settings")
    mistakes = {"nan-not-found": None} if right is not None else {}
    if passed_on is not None:
        mistakes["nan-passed-on"] = passed_on
    mistakes |= {diagnosis.replace("_", "-"): name for diagnosis, name in other.items()}
    expect_equal(seen.value, right, inputs={"steps": ", ".join(names), "x": x}, mistakes=mistakes)
    return seen


def test_find_the_nan_names_the_step(find_the_nan):
    """It names the step that makes the first NaN, at the beginning of a pipeline, in its middle, or at its end."""
    names, x = ("shift", "log", "center", "root", "share"), jnp.array([-0.5, 3.0])
    _expect_step(find_the_nan, names, x, "root", "share", first_input_each_time="log")
    for names, numbers, right in (
        (("center", "log", "share"), [1.0, 2.0, 3.0], "log"),
        (("root", "double", "shift"), [4.0, -1.0], "root"),
        (("shift", "double", "center", "root"), [2.0, 7.0, 3.0], "root"),
    ):
        _expect_step(find_the_nan, names, jnp.array(numbers), right, names[-1] if names[-1] != right else None)


def test_find_the_nan_looks_at_each_step(find_the_nan):
    """It finds a NaN that a later step hides. Infinity is none, be it plus or minus; infinity minus infinity is."""
    _expect_step(find_the_nan, ("root", "clean", "double"), jnp.array([-1.0, 4.0, 9.0]), "root")
    names = ("log", "center", "shift")
    _expect_step(find_the_nan, names, jnp.array([0.0, 1.0]), "center", "shift", infinity_as_nan="log")
    _expect_step(find_the_nan, ("cube", "bend"), jnp.array([1e20, -1e20]), None, infinity_as_nan="cube")


def test_find_the_nan_knows_that_there_is_none(find_the_nan):
    """It names the step where there is a NaN. Where no step makes one, it returns None."""
    x = jnp.array([-0.5, 2.0, 8.0])
    _expect_step(find_the_nan, ("double", "log"), x, "log")
    _expect_step(find_the_nan, ("shift", "root", "share"), x, None)
    _expect_step(find_the_nan, ("double",), x, None)


def test_find_the_nan_looks_at_what_a_step_returns(find_the_nan):
    """It names the step that returns a NaN, and no step that makes one inside and throws it away."""
    x = jnp.array([-0.5, 2.0, 8.0])
    _expect_step(find_the_nan, ("log or 0", "center", "root"), x, "root", hidden_nan_blamed="log or 0")
    _expect_step(find_the_nan, ("double", "log or 0"), x, None, hidden_nan_blamed="log or 0")


def test_find_the_nan_leaves_the_settings_alone(find_the_nan):
    """It names the step, or says that there is none, and leaves every setting of JAX as it was."""
    for names, right in ((("center", "root", "double"), "root"), (("double", "shift"), None)):
        x = jnp.array([5.0, 6.0, 9.0])
        seen = _expect_step(find_the_nan, names, x, right, names[-1] if right is not None else None)
        saw = f"After the call, these settings are other ones than before: {', '.join(seen.settings)}."
        expect(not seen.settings, "setting-left-on", saw, steps=", ".join(names))
