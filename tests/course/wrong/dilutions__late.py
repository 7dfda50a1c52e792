"""All functions share the loop's variable."""
# diagnosis: late-binding


def dilutions(factors):
    return [lambda concentration: concentration / factor for factor in factors]
