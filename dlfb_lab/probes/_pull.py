"""The probe that calls a method of an object in one round trip."""

from typing import Any

from dlfb_lab.probes._registry import probe


@probe
def pull(target: Any, name: str, *args: Any, **kwargs: Any) -> Any:
    """`getattr(target, name)(*args, **kwargs)`, such as `model.apply(variables, x)` or `tx.init(params)`.

    Raises what the method raises, and an AttributeError where the object has none of that name. Costs what the method
    costs.
    """
    return getattr(target, name)(*args, **kwargs)
