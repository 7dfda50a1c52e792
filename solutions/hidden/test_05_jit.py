"""Hidden checks of the lab on compilation."""

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


def test_ten_power_sum_holds_for_other_numbers(ten_power_sum, reference, rng):
    """The sum is right for other numbers and other lengths, and it is a whole number of dtype int32."""
    for length in (9, 1, 31):
        arr = jnp.array(rng.integers(0, 7, size=length), jnp.int32)
        mistakes = {"power-turned-round": np.sum(10.0 ** np.asarray(arr))}
        got = expect_close(ten_power_sum(arr), reference(arr), mistakes=mistakes)
        expect_dtype(got, jnp.int32)


def test_ten_power_sum_keeps_its_programs(ten_power_sum, reference, rng):
    """The sum is right, your function is compiled, and seven calls with three lengths compile three programs."""
    arrays = [jnp.array(rng.integers(0, 4, size=length), jnp.int32) for length in (41, 43, 47, 43, 41, 47, 41)]
    seen = probes.observe(ten_power_sum, arrays[0], watch="traces", again=[[arr] for arr in arrays[1:]])
    expect_close(seen.value, reference(arrays[0]))
    expect_compiles(seen, 3)


def _selu(x, alpha=1.67, lambda_=1.05):
    """SELU of numbers, with 64 bits."""
    x = np.asarray(x, np.float64)
    return lambda_ * np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def test_selu_holds_for_other_numbers(selu, rng):
    """The numbers are right for arrays of other shapes and other constants, and are float32."""
    for shape in ((23,), (3, 5), (2, 1, 4)):
        x = jnp.array(rng.normal(scale=4, size=shape), jnp.float32)
        alpha, lambda_ = float(rng.uniform(0.5, 3)), float(rng.uniform(0.5, 3))
        got = expect_close(
            selu(x, alpha, lambda_),
            _selu(x, alpha, lambda_),
            rtol=1e-4,
            atol=1e-5,
            mistakes={"constants-written-in": _selu(x), "arguments-swapped": _selu(x, lambda_, alpha)},
        )
        expect_dtype(got, jnp.float32)


def test_selu_takes_large_whole_numbers(selu, rng):
    """Whole numbers are bent as well, also large ones, inside `jax.jit` too."""
    x = jnp.array([*rng.integers(-9, 9, size=6), 1000, -1000], jnp.int32)
    for got in (selu(x), probes.jitted(selu, x)):
        expect_dtype(expect_close(got, _selu(x), rtol=1e-4), jnp.float32)


def test_selu_keeps_its_slope(selu, rng):
    """The value and its slope are right for numbers of every size, also for very large ones."""
    for x in (*(float(rng.uniform(low, 2 * low)) for low in (0.5, 90.0, 500.0)), -float(rng.uniform(0.5, 3)), -300.0):
        seen = probes.gradient(selu, x)
        expect_close(seen.value, _selu(x), rtol=1e-4)
        slope = 1.05 if x > 0 else 1.05 * 1.67 * np.exp(x)
        mistakes = {"slope-of-the-other-side" if abs(x) > 10 else "slope-not-finite": NAN}
        expect_close(seen.slope, slope, rtol=1e-4, mistakes=mistakes)


def _growth(t):
    """The rate at temperatures, and its slope, with 64 bits."""
    t = np.asarray(t, np.float64)
    good, root = (t > 10) & (t < 35), np.sqrt(np.clip(35 - t, 1e-9, None))
    rate = 0.0002 * t * (t - 10) * root
    slope = 0.0002 * ((2 * t - 10) * root - t * (t - 10) / (2 * root))
    return np.where(good, rate, 0), np.where(good, slope, 0)


def test_growth_by_temperature_holds_for_other_temperatures(growth_by_temperature, rng):
    """The rate is right at any temperature, in the cold, where it is good, and in the heat, inside `jax.jit` too."""
    for low, high in ((-50, 10), (10.1, 34.9), (34.993, 34.997), (35, 80)):
        t = np.float32(rng.uniform(low, high))
        for got in (growth_by_temperature(jnp.asarray(t)), probes.jitted(growth_by_temperature, jnp.asarray(t))):
            expect_close(got, _growth(t)[0], rtol=1e-3)


def test_growth_by_temperature_takes_many_at_once(growth_by_temperature, rng):
    """The rates of many temperatures are right inside `jax.vmap`."""
    t = jnp.array([*rng.uniform(-50, 80, size=21), *rng.uniform(11, 34, size=10)], jnp.float32)
    expect_close(probes.mapped(growth_by_temperature, t), _growth(t)[0], rtol=1e-3)


def test_growth_by_temperature_keeps_its_slope(growth_by_temperature, rng):
    """The rate and its slope are right, and the slope is 0 in the cold and in the heat."""
    for low, high in ((11, 24), (26, 34), (34.993, 34.997), (-40, 9), (36, 80)):
        t = float(np.float32(rng.uniform(low, high)))
        seen = probes.gradient(growth_by_temperature, t)
        value, slope = _growth(t)
        expect_close(seen.value, value, rtol=1e-3)
        mistakes = {} if np.isfinite(seen.slope).all() else {_no_slope(growth_by_temperature): NAN}
        expect_close(seen.slope, slope, rtol=1e-3, atol=1e-5, mistakes=mistakes)


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
        "argument-ignored": x.mean(),
    }
    return (x[over].mean() if over.any() else 0.0), mistakes


def test_expressed_mean_holds_for_other_genes(expressed_mean, rng):
    """The mean is right for other reads and thresholds, inside `jax.jit` too, without a gene on the threshold."""
    for length in (23, 2, 41):
        x = jnp.array(rng.integers(-20, 60, size=length), jnp.float32)
        threshold = float(np.sort(np.asarray(x))[length // 3])
        right, mistakes = _expressed(x, threshold)
        for got in (expressed_mean(x, threshold), probes.jitted(expressed_mean, x, threshold)):
            expect_close(got, right, rtol=1e-4, mistakes=mistakes)


def test_expressed_mean_knows_when_there_is_none(expressed_mean, rng):
    """Above the fifth entry the mean is that of the larger ones. Above the largest entry there is none, and it is 0."""
    x = jnp.array(rng.uniform(1, 50, size=23), jnp.float32)
    low, high = float(np.sort(np.asarray(x))[4]), float(x.max())
    expect_close(expressed_mean(x, low), _expressed(x, low)[0], rtol=1e-4, mistakes=_expressed(x, low)[1])
    for got in (expressed_mean(x, high), probes.jitted(expressed_mean, x, high)):
        expect_close(got, 0.0, mistakes={"empty-mean": NAN, "boundary-on-wrong-side": high})


def test_summarize_holds_for_other_numbers(summarize, rng):
    """Mean and median are right for arrays of even and odd length, and are float32."""
    for length in (8, 23, 1):
        x = jnp.array(rng.normal(size=length), jnp.float32)
        mean, median = np.asarray(x, np.float64).mean(), np.median(np.asarray(x))
        for method, right, other in (("mean", mean, median), ("median", median, mean)):
            got = expect_close(summarize(method, x), right, rtol=1e-4, mistakes={"argument-ignored": other})
            expect_dtype(got, jnp.float32)


def test_summarize_knows_two_words_only(summarize, rng):
    """The median is right, and other words raise a ValueError, each time they come."""
    x = jnp.array(rng.normal(size=9), jnp.float32)
    expect_close(summarize("median", x), np.median(np.asarray(x)), rtol=1e-4)
    for word in ("max", "", "max"):
        expect_raises(ValueError, summarize, word, x)


def test_summarize_keeps_its_programs(summarize, rng):
    """The median is right, your function is compiled, and seven calls, of two lengths and words, make four programs."""
    long, short = jnp.array(rng.normal(size=41), jnp.float32), jnp.array(rng.normal(size=43), jnp.float32)
    again = [["mean", long], ["median", short], ["mean", short], ["median", long + 1], ["mean", short], ["mean", long]]
    seen = probes.observe(summarize, "median", long, watch="traces", again=again)
    expect_close(seen.value, np.median(np.asarray(long)), rtol=1e-4)
    expect_compiles(seen, 4)


def _hill(x, n, k):
    """The shares that are bound, with 64 bits."""
    x = np.asarray(x, np.float64)
    return x**n / (k**n + x**n)


def test_hill_holds_for_other_concentrations(hill, rng):
    """The bound shares are right for arrays of other shapes, and for other n and k, and are float32."""
    for shape in ((23,), (4, 3), ()):
        x = jnp.array(rng.uniform(0, 9, size=shape), jnp.float32)
        n, k = float(rng.uniform(0.5, 4)), float(rng.uniform(0.5, 6))
        got = expect_close(hill(x, n, k), _hill(x, n, k), rtol=1e-3, mistakes={"arguments-swapped": _hill(x, k, n)})
        expect_dtype(got, jnp.float32)


def test_hill_serves_every_n_and_k(hill, rng):
    """The shares are right, your function is compiled, and nine calls with eight pairs of n and k make one program."""
    x = jnp.array(rng.uniform(0, 9, size=41), jnp.float32)
    pairs = [[float(n), float(k)] for n, k in rng.uniform(0.5, 5, size=(8, 2))]
    seen = probes.observe(hill, x, *pairs[0], watch="traces", again=[[x, *pair] for pair in (*pairs[1:], pairs[0])])
    expect_close(seen.value, _hill(x, *pairs[0]), rtol=1e-3)
    expect_compiles(seen)


def _masked(rng, length, real, padding):
    """Numbers and a mask with so many real entries, anywhere, and the padding."""
    mask = rng.permutation(np.arange(length) < real)
    x = np.where(mask, rng.normal(3, 2, size=length), padding).astype(np.float32)
    return jnp.array(x), jnp.array(mask)


def test_padded_mean_holds_for_other_proteins(padded_mean, rng):
    """The mean of the real entries is right, whatever stands between them, with compilation and without."""
    for length, real, padding in ((23, 9, 0.0), (23, 23, 0.0), (31, 5, -400.0), (31, 1, NAN), (31, 17, NAN)):
        x, mask = _masked(rng, length, real, padding)
        kept = np.where(mask, np.nan_to_num(x), 0).sum(dtype=np.float64)
        mistakes = {"masked-entries-counted": kept / length, "nan-survives-mask": NAN}
        for got in (padded_mean(x, mask), probes.under(padded_mean, x, mask, setting="no-jit")):
            expect_close(got, kept / real, rtol=1e-4, mistakes=mistakes)


def test_padded_mean_knows_when_nothing_is_real(padded_mean, rng):
    """The mean is right where two entries are real, and 0 where none is, whatever stands in the padding."""
    for padding in (0.0, 7.0, NAN):
        x, mask = _masked(rng, 23, 2, padding)
        real = np.asarray(x)[np.asarray(mask)].mean()
        expect_close(padded_mean(x, mask), real, rtol=1e-4, mistakes={"nan-survives-mask": NAN})
        x, mask = _masked(rng, 23, 0, padding)
        expect_close(padded_mean(x, mask), 0.0, mistakes={"empty-mean": NAN})


def test_padded_mean_serves_every_mask(padded_mean, rng):
    """The mean is right, your function is compiled, and eight masks of one length make one program."""
    calls = [_masked(rng, 41, real, 0.0) for real in (5, 12, 40, 1, 33, 41, 20, 8)]
    seen = probes.observe(padded_mean, *calls[0], watch="traces", again=[*map(list, calls[1:]), list(calls[0])])
    total = np.asarray(calls[0][0], np.float64).sum()
    expect_close(seen.value, total / 5, rtol=1e-4, mistakes={"masked-entries-counted": total / 41})
    expect_compiles(seen, again="compiled-for-each-length")


def test_padded_mean_keeps_its_slope(padded_mean, rng):
    """The mean and its slopes are right: the same for each real entry, and 0 elsewhere, also if nothing is real."""
    for real, padding in ((6, NAN), (23, 0.0), (0, NAN), (0, 1.0)):
        x, mask = _masked(rng, 23, real, padding)
        seen = probes.gradient(padded_mean, x, mask)
        right = np.where(mask, x, 0).sum(dtype=np.float64) / max(real, 1)
        expect_close(seen.value, right, rtol=1e-4, mistakes={} if real else {"empty-mean": NAN})
        slope = expect_shape(seen.slope, (23,))
        expect(not np.isnan(slope).any(), "slope-not-finite", "A slope is NaN.", certain=True)
        expect_close(slope, np.asarray(mask) / max(real, 1), rtol=1e-4)


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


def test_fit_decay_holds_for_other_drugs(fit_decay, rng):
    """The rate is right for other data, other first guesses and other numbers of steps."""
    for steps in (1, 3, 12):
        times = jnp.array(rng.uniform(0.3, 3, size=9), jnp.float32)
        amounts = jnp.exp(-float(rng.uniform(0.3, 1.5)) * times)
        start = jnp.float32(rng.uniform(0.1, 2))
        right, mistakes = _fits(times, amounts, start, steps)
        expect_close(fit_decay(times, amounts, start, steps), right, rtol=1e-3, mistakes=mistakes)


def test_fit_decay_compiles_no_more_for_more_steps(fit_decay, rng):
    """After thirty steps the rate is right, and they compiled one or two programs."""
    times = jnp.array(rng.uniform(0.3, 3, size=41), jnp.float32)
    args = [times, jnp.exp(-0.6 * times), jnp.float32(rng.uniform(1, 2)), 30]
    first = probes.observe(fit_decay, *args, watch="traces")
    right, mistakes = _fits(*args)
    expect_close(first.value, right, rtol=1e-3, mistakes=mistakes)
    if first.compiles > 2:
        args[3] = 6
        twice = probes.observe(fit_decay, *args, watch="traces", again=[args])
        diagnosis = "jit-made-anew" if twice.compiles > 6 + 2 else "compiled-again"
        expect(False, diagnosis, f"30 steps compiled {first.compiles} programs; one or two were expected.")
    if first.compiles == 0:
        expect(_loops_in_jax(fit_decay, args), "not-compiled", "30 steps, and no function of yours was compiled.")


def _loops_in_jax(fit_decay, args):
    """Whether a loop of JAX carries the steps out: that is one program, and is compiled without `jit` as well."""
    program = probes.program(fit_decay, *args)
    return program is not None and bool(program.primitives.keys() & {"scan", "while"})


def _timed(benchmark, form, repeats, slowness):
    """Times `repeats` calls on a computer whose time is known: how many it saw, and how many results came too late."""
    computer = props.fake_computer(form, slowness)
    work, clock = expect_fields(probes.fields(computer, "work", "clock"), "work", "clock")
    got = benchmark(work, jnp.arange(2.0), 3.0, repeats=repeats, clock=clock)
    seen = expect_fields(probes.report(computer), "calls", "readings", "not waited for", "traced")
    calls, readings, not_waited_for, traced = (int(expect_shape(part, ())) for part in seen)
    expect(traced == 0, "timed-another-function", "The function was read with placeholders.", certain=True)
    seconds = [slowness * (31.0, 61.0, 16.0)[number % 3] for number in range(repeats)]
    right, with_first = sum(seconds) / repeats, 1008 * slowness + sum(seconds)
    timed = float(expect_shape(got, ()))
    if not np.isclose(timed, right, rtol=1e-5):
        for diagnosis, shows in (
            ("other-clock", calls > 0 and readings == 0),
            ("total-time-returned", repeats > 1 and np.isclose(timed, sum(seconds))),
            ("compilation-timed", 1000 * slowness / (repeats + 1) <= timed <= with_first),
            ("not-waited-for", not_waited_for > 0 or np.isclose(timed, slowness)),
            ("number-of-calls", calls != repeats + 1),
        ):
            expect(not shows, diagnosis, "The time is another one.", certain=True)
    expect_close(timed, right, rtol=1e-5)
    return calls, not_waited_for


def test_benchmark_holds_for_other_computers(benchmark, rng):
    """The mean time is right for faster and slower computers and for other numbers of repeats."""
    for form, repeats in (("dictionary", 2), ("tuple", 7), ("dictionary", 4)):
        _timed(benchmark, form, repeats, float(rng.uniform(0.1, 5)))


def test_benchmark_finishes_each_call(benchmark, rng):
    """The mean time is right, each result was waited for as a whole, and there was one call more than was timed."""
    for form, repeats in (("tuple", 4), ("dictionary", 1)):
        calls, not_waited_for = _timed(benchmark, form, repeats, float(rng.uniform(0.1, 5)))
        expect(not_waited_for == 0, "not-waited-for", "A result was not waited for as a whole before the next call.")
        expect(calls == repeats + 1, "number-of-calls", "The function was called another number of times.")


def _pipeline(rng, number, broken, kind):
    """So many steps that are harmless to positive numbers, with other names than usual, and one that is not."""
    kinds = [str(one) for one in rng.choice(["double", "shift", "root", "invert"], size=number)]
    kinds[broken : broken + 1] = ["center", kind]
    names = [f"step {letter}" for letter in rng.permutation(list("abcdefghijk"))[: len(kinds)]]
    steps = {name: props.pipeline_step(one) for name, one in zip(names, kinds, strict=True)}
    return steps, names[broken + 1], names[-1]


def _found(find_the_nan, steps, x):
    """What it finds. The settings are put back, so that what one call leaves on does not hide from the next one."""
    return probes.observe(find_the_nan, steps, x, watch="settings")


def test_find_the_nan_holds_for_other_pipelines(find_the_nan, rng):
    """It names the step that makes the first NaN, wherever it stands."""
    for number, broken, kind in ((4, 0, "root"), (5, 2, "log"), (6, 5, "root")):
        steps, right, last = _pipeline(rng, number, broken, kind)
        x = jnp.array(rng.uniform(1, 9, size=11), jnp.float32)
        mistakes = {"nan-not-found": None} | ({"nan-passed-on": last} if last != right else {})
        expect_equal(_found(find_the_nan, steps, x).value, right, mistakes=mistakes)


def test_find_the_nan_sees_what_is_hidden_later(find_the_nan, rng):
    """It names the step whose NaN a later step hides. Where no step makes one, it returns None."""
    x = jnp.array(rng.uniform(1, 9, size=11), jnp.float32)
    kinds = {"start": "shift", "middle": "center", "danger": "log", "repair": "clean", "end": "double"}
    steps = {name: props.pipeline_step(kind) for name, kind in kinds.items()}
    expect_equal(_found(find_the_nan, steps, x).value, "danger", mistakes={"nan-not-found": None})
    harmless = {name: step for name, step in steps.items() if name not in ("middle", "repair")}
    expect_equal(_found(find_the_nan, harmless, x).value, None)


def test_find_the_nan_minds_neither_infinity_nor_thrown_away_nan(find_the_nan, rng):
    """It names the step whose result has the first NaN, after infinities and after a NaN inside a step."""
    large = float(rng.uniform(1, 9)) * 1e20
    kinds = {"blow up": "cube", "press": "bend", "guard": "log or 0", "middle": "center", "danger": "root"}
    steps = {name: props.pipeline_step(kind) for name, kind in kinds.items()}
    mistakes = {"infinity-as-nan": "blow up", "hidden-nan-blamed": "guard", "nan-not-found": None}
    # After "press": 1, -1 and a small number. After "guard": 0, 0 and its logarithm, which is below 0.
    x = jnp.array([large, -large, rng.uniform(0.3, 0.6)], jnp.float32)
    expect_equal(_found(find_the_nan, steps, x).value, "danger", mistakes=mistakes)


def test_find_the_nan_puts_the_settings_back(find_the_nan, rng):
    """It names the step, and every setting of JAX is as it was before."""
    steps, right, last = _pipeline(rng, 4, 1, "root")
    x = jnp.array(rng.uniform(1, 9, size=13), jnp.float32)
    seen = _found(find_the_nan, steps, x)
    expect_equal(seen.value, right, mistakes={"nan-not-found": None, "nan-passed-on": last})
    expect(not seen.settings, "setting-left-on", "A setting of JAX is another one than before.")
