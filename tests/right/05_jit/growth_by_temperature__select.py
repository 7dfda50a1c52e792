"""Lists three cases, with a harmless number under the root."""

import jax
import jax.numpy as jnp


def growth_by_temperature(temperature):
    room = jnp.maximum(35.0 - temperature, 1e-6)
    cases = [temperature <= 10.0, temperature >= 35.0]
    zero = jnp.zeros_like(room)
    rate = 0.0002 * temperature * (temperature - 10.0) * jnp.sqrt(room)
    return jnp.select(cases, [zero, zero], rate)
