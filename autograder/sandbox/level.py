"""Which layers make which level of separation."""

L1 = frozenset({"session", "descriptors", "folder", "limits"})
L2 = L1 | {"no-capabilities", "dies-with-parent", "undumpable", "no-new-privileges", "landlock", "seccomp"}
L3 = L2 | {"own-uid", "private-namespace"}


def level(layers: frozenset[str] | set[str]) -> str:
    """The highest of "L0" to "L3" whose layers have all taken hold."""
    if layers >= L3:
        return "L3"
    if layers >= L2:
        return "L2"
    return "L1" if layers >= L1 else "L0"
