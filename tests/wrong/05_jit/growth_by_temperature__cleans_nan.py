"""Makes 0 of NaN at the end."""
# diagnosis: slope-not-finite

import jax.numpy as jnp


def growth_by_temperature(temperature):
    rate = 0.0002 * temperature * (temperature - 10) * jnp.sqrt(35.0 - temperature)
    rate = jnp.where(temperature > 10, rate, 0.0)
    return jnp.nan_to_num(rate)
