# %% [markdown]
# # TODO: the title of the lab
#
# TODO: what a learner can do afterwards and why one would want to, in short plain sentences, with some biology.

# %%
import jax.numpy as jnp

from dlfb_lab import check

# %% [markdown]
# ## TODO: the first idea
#
# TODO: one idea a section. Every claim is shown by a cell that runs.

# %%
jnp.arange(3)  # TODO: an example

# %% [markdown]
# ## What to take away
#
# - TODO: three to seven short sentences.
