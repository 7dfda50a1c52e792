"""The checks of this course run on answers, not by themselves."""

collect_ignore = ["checks", "solutions"]
