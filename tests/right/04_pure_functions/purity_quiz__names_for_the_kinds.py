"""Names for the kinds."""

PURE, READS, CHANGES, PRINTS = "pure", "reads", "changes", "prints"
purity_quiz = dict(a=PURE, b=READS, c=CHANGES, d=PURE, e=CHANGES, f=PRINTS, g=CHANGES, h=CHANGES)
