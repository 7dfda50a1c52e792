"""Writes a small function of the parameters alone."""

from jax import value_and_grad


def loss_and_grad(f, theta, *args):
    def of_theta(theta):
        return f(theta, *args)

    val, g = value_and_grad(of_theta, argnums=0)(theta)
    return (val, g)
