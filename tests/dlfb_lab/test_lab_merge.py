"""A student's notebook meets a newer one: the text is new, and whatever the student wrote is there to the letter."""

import copy

import nbformat
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from released import (
    MEAN_ANSWER,
    MEAN_STARTER,
    SUM_ANSWER,
    SUM_STARTER,
    cells,
    code,
    given,
    notebook,
    sources,
    task,
    text,
)

from dlfb_lab._lab.merge import merge

OLD = cells()
NEW = cells(intro="Arrays, again.", total="Add all.")


def answered(own=OLD, **answers):
    """The notebook with these answers, and with outputs as they come when cells are run."""
    mine = copy.deepcopy(own)
    for cell in mine:
        name = cell["id"].removesuffix("-answer")
        if name in answers:
            cell["source"] = answers[name].splitlines(keepends=True)
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["ran"]}]
    return mine


def merged(mine, new=NEW, old=OLD):
    result = merge(notebook(mine), notebook(new, "two"), given(old))
    nbformat.validate(nbformat.from_dict(result.root))
    return result


def ids(result):
    return [name for name, _ in sources(result.root)]


def test_the_text_is_new_and_the_answer_is_what_it_was_outputs_and_all():
    mine = answered(total=SUM_ANSWER)
    result = merged(mine)
    assert dict(sources(result.root))["01_arrays-01"] == "Arrays, again."
    assert result.root["cells"][3] == mine[3]
    assert (result.texts, result.kept, result.starters) == (2, ["total"], [])
    assert result.root["metadata"]["dlfb_lab"]["stamp"] == "two"


def test_nothing_that_was_handed_in_is_changed():
    mine, new = notebook(answered(total=SUM_ANSWER)), notebook(NEW)
    before = copy.deepcopy((mine, new))
    merge(mine, new, given(OLD))
    assert (mine, new) == before


def test_an_untouched_notebook_becomes_the_new_one():
    new = [*NEW[:5], *task("range_of", "range_of = None", "Subtract."), *NEW[5:]]
    assert merged(OLD, new).root["cells"] == new


def test_cells_that_were_added_stay_where_they_were():
    mine = answered(total=SUM_ANSWER)
    mine.insert(4, code("a1", "total(jnp.arange(3))"))
    mine.insert(0, text("a2", "My notes."))
    mine.append(code("a3", "1 + 1"))
    result = merged(mine)
    assert ids(result) == ["a2", *[cell["id"] for cell in OLD[:4]], "a1", *[cell["id"] for cell in OLD[4:]], "a3"]
    assert result.own == 3


def test_moved_cells_stay_where_they_were_moved_to():
    mine = answered(total=SUM_ANSWER, mean=MEAN_ANSWER)
    mine.append(mine.pop(3))
    new = [*NEW, text("01_arrays-03", "The end.")]
    result = merged(mine, new)
    before = [cell["id"] for cell in mine]
    assert ids(result) == [*before[:-1], "01_arrays-03", "total-answer"]


def test_where_nothing_was_moved_the_new_order_holds():
    new = [*NEW[:2], *NEW[5:], *NEW[2:5]]
    mine = answered(total=SUM_ANSWER)
    mine.insert(4, code("a1", "below total"))
    result = merged(mine, new)
    assert ids(result)[-4:] == ["total-task", "total-answer", "a1", "total-check"]


def test_an_answer_cell_that_was_deleted_comes_back_with_its_starter():
    result = merged([cell for cell in OLD if cell["id"] != "total-answer"])
    assert ids(result) == [cell["id"] for cell in NEW]
    assert dict(sources(result.root))["total-answer"] == SUM_STARTER
    assert result.added == ["total"]


def test_no_starter_is_added_where_the_name_is_bound_in_another_cell():
    mine = [cell for cell in OLD if cell["id"] != "total-answer"]
    mine[0] = text("01_arrays-01", "Arrays.")
    mine.append(code("a1", f"{MEAN_ANSWER}\n\n{SUM_ANSWER}"))
    mine = [cell for cell in mine if cell["id"] != "mean-answer"]
    result = merged(mine)
    assert not any("NotImplementedError" in source for _, source in sources(result.root))
    assert ("a1", f"{MEAN_ANSWER}\n\n{SUM_ANSWER}") in sources(result.root)


def test_a_renamed_task_is_added_and_the_old_answer_is_kept():
    new = [*NEW[:2], *task("sum_of", "sum_of = None", "Add."), *NEW[5:]]
    result = merged(answered(total=SUM_ANSWER), new)
    assert ("total-answer", SUM_ANSWER) in sources(result.root)
    assert "total-task" not in ids(result)
    assert (result.dropped, result.added) == (["total"], ["sum_of"])


def test_an_untouched_answer_of_a_task_that_is_no_more_goes_with_it():
    assert ids(merged(OLD, NEW[:5])) == [cell["id"] for cell in NEW[:5]]


def test_another_starter_replaces_an_untouched_one_and_never_an_answer():
    starter = SUM_STARTER.replace("(x)", "(x, axis)")
    new = cells(starter=starter)
    assert dict(sources(merged(OLD, new).root))["total-answer"] == starter
    result = merged(answered(total=SUM_ANSWER), new)
    assert dict(sources(result.root))["total-answer"] == SUM_ANSWER
    assert result.starters == ["total"]


def test_a_text_that_both_changed_stands_twice_and_one_that_the_student_changed_alone_stays():
    mine = answered()
    mine[0] = text("01_arrays-01", "Arrays. NB: ask on Monday!")
    mine[5] = text("mean-task", "Divide. Hm.")
    result = merged(mine)
    found = sources(result.root)
    assert [source for _, source in found[:2]] == ["Arrays, again.", "Arrays. NB: ask on Monday!"]
    assert ("mean-task", "Divide. Hm.") in found
    assert result.beside == 1


def test_a_notebook_whose_ids_were_lost_is_known_by_its_texts_and_names():
    mine = [{name: value for name, value in cell.items() if name != "id"} for cell in answered(total=SUM_ANSWER)]
    old = {**notebook(mine), "nbformat_minor": 4}
    result = merge(old, notebook(NEW, "two"), given(OLD))
    assert [source for _, source in sources(result.root)] == [
        source for _, source in sources(notebook(answered(NEW, total=SUM_ANSWER)))
    ]
    assert not any("id" in cell for cell in result.root["cells"])


def test_an_answer_that_was_turned_into_a_text_is_kept_beside_the_starter():
    mine = answered()
    mine[3] = text("total-answer", SUM_ANSWER)
    result = merged(mine)
    assert [source for _, source in sources(result.root)].count(SUM_ANSWER) == 1
    assert dict(sources(result.root))["total-answer"] == SUM_STARTER


def test_an_example_that_becomes_a_task_gets_its_starter():
    """Its name was bound by a cell that was given out, not by the student."""
    old = [*OLD, code("01_arrays-03", "half = 0.5")]
    result = merged(old, [*NEW, *task("half", "half = None", "Halve.")], old)
    assert dict(sources(result.root))["half-answer"] == "half = None"


def test_a_new_task_whose_name_the_student_already_uses_is_said_and_adds_no_starter():
    mine = [*answered(), code("a1", "half = 0.25")]
    result = merged(mine, [*NEW, *task("half", "half = None", "Halve.")])
    assert result.bound == ["half"]
    assert "half-answer" not in ids(result)


own_cells = st.sampled_from(["1 + 1", "x = 3", "total(3)", SUM_ANSWER, MEAN_STARTER, "Arrays."])
edits = st.lists(
    st.one_of(
        st.tuples(st.just("insert"), st.integers(0, 12), own_cells),
        st.tuples(st.just("delete"), st.integers(0, 12), st.none()),
        st.tuples(st.just("move"), st.integers(0, 12), st.integers(0, 12)),
        st.tuples(st.just("write"), st.integers(0, 12), own_cells),
    ),
    max_size=6,
)


def edited(changes):
    mine = copy.deepcopy(OLD)
    for number, (what, place, value) in enumerate(changes):
        at = place % max(1, len(mine))
        if what == "insert":
            mine.insert(at, code(f"own{number}", value))
        elif mine and what == "delete":
            mine.pop(at)
        elif mine and what == "move":
            mine.insert(value % len(mine), mine.pop(at))
        elif mine:
            mine[at] = {**mine[at], "source": value}
    return mine


def theirs(root):
    """All that was not given out, in its order."""
    return [source for _, source in sources(root) if source not in [cell["source"] for cell in (*OLD, *NEW)]]


@settings(max_examples=150, deadline=None)
@drawn(edits)
def test_whatever_a_student_did_their_words_survive_and_a_second_time_changes_nothing(changes):
    mine = edited(changes)
    result = merged(mine)
    assert theirs(result.root) == theirs(notebook(mine))
    assert len(set(ids(result))) == len(ids(result))
    for base in (OLD, NEW):  # an update that was interrupted, and the next one
        assert merge(result.root, notebook(NEW, "two"), given(base)).root == result.root
