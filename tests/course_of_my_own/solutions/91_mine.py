# %% [markdown]
# # A lab of my own
#
# It stands in no public repository.

# %%
import jax.numpy as jnp

from dlfb_lab import check

# %% [markdown] task="plate_mean" points=2 difficulty=1 minutes=3
# ## The mean of each row
#
# `plate_mean(plate: f32[rows, columns])` gives the mean of each row of a plate, f32[rows].

# %% [markdown] hint="plate_mean"
# Which axis goes away?

# %% [markdown] hint="plate_mean"
# The columns are axis 1.

# %% [markdown] hint="plate_mean"
# `jnp.mean` takes `axis=`.


# %% answer="plate_mean"
def plate_mean(plate):
    # BEGIN SOLUTION
    return jnp.mean(plate, axis=1)
    # END SOLUTION


# %% check="plate_mean"
check("plate_mean")
