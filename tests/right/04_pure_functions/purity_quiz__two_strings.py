"""Made by grouping."""

purity_quiz = {name: "pure" for name in "ad"} | {name: "changes" for name in "cegh"} | {"b": "reads", "f": "prints"}
