import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.notebook_file import MAX_CELLS, NotANotebook, Notebook, read_notebook

PYTHON = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def code(source):
    return {"cell_type": "code", "id": "x", "metadata": {}, "source": source, "outputs": [], "execution_count": None}


def notebook(*cells, **changes):
    root = {"cells": list(cells), "metadata": PYTHON, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(root | changes).encode()


def refusal(data):
    with pytest.raises(NotANotebook) as caught:
        read_notebook(data)
    return str(caught.value)


def test_code_cells_come_in_order_and_prose_is_left_out():
    prose = {"cell_type": "markdown", "metadata": {}, "source": "# Title"}
    assert read_notebook(notebook(code("a = 1"), prose, code("b = 2"))).cells == ("a = 1", "b = 2")


def test_a_source_may_be_a_text_or_a_list_of_lines():
    assert read_notebook(notebook(code(["a = 1\n", "b = 2"]))).cells == ("a = 1\nb = 2",)


def test_the_lab_is_read_from_the_metadata():
    assert read_notebook(notebook(metadata=PYTHON | {"dlfb_lab": {"lab": "03_random_keys"}})).lab == "03_random_keys"


@pytest.mark.parametrize("lab", [7, None, ["03"], "../../etc/passwd", "x" * 101, "a\nb"])
def test_a_lab_that_cannot_be_a_name_is_as_good_as_none(lab):
    assert read_notebook(notebook(metadata={"dlfb_lab": {"lab": lab}})).lab == ""


def test_a_notebook_without_metadata_is_taken_for_python():
    assert read_notebook(b'{"cells": []}') == Notebook(cells=())


def test_a_byte_order_mark_is_read_over():
    assert read_notebook(b"\xef\xbb\xbf" + notebook(code("a = 1"))).cells == ("a = 1",)


def test_format_3_is_read_with_its_worksheets_and_inputs():
    cells = [{"cell_type": "code", "input": ["a = 1\n", "b = 2"], "language": "python", "outputs": []}]
    old = {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": cells}]}
    assert read_notebook(json.dumps(old).encode()).cells == ("a = 1\nb = 2",)


def test_half_a_character_becomes_the_sign_for_it():
    cells = read_notebook(notebook(code("s = '\ud800'"))).cells
    assert cells == ("s = '\ufffd'",)
    assert read_notebook(notebook(code("s = '\U0001f9ec'"))).cells == ("s = '\U0001f9ec'",)


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\0" * 512])
def test_an_empty_file_is_called_empty(data):
    assert refusal(data) == (
        "The file is empty. Open it in Jupyter or VS Code, save it as a notebook (.ipynb) and hand it in again."
    )


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_encoding_is_named(encoding):
    assert "not UTF-8 text; it looks like UTF-16" in refusal(notebook().decode().encode(encoding))


def test_bytes_that_are_no_text_say_where():
    assert "not text in UTF-8 (byte 4)" in refusal(b"PK\x03\x04\xff\xfe rest")


def test_text_that_is_not_json_says_which_line():
    assert "line 2 is not JSON" in refusal(b"[1,\nimport jax]")


@pytest.mark.parametrize("data", [b"[]", b"7", b'"cells"', b"null", b"NaN"])
def test_json_that_is_no_notebook_is_told_apart_from_text_that_is_not_json(data):
    assert refusal(data).startswith("The file is JSON, but not a notebook.")


@pytest.mark.parametrize("root", [{}, {"cells": {}}, {"cells": "x"}, {"worksheets": [7]}, {"worksheets": [{}]}])
def test_json_without_cells_says_so(root):
    assert "it has no list of cells" in refusal(json.dumps(root).encode())


def test_a_newer_format_is_refused_by_its_number():
    assert "format 5, newer than the newest known, 4" in refusal(notebook(nbformat=5))
    assert "format unknown" in refusal(notebook(nbformat=10**9))


@pytest.mark.parametrize("deep", [b"[" * 200_000, b'{"cells":' * 200_000, b'{"cells":' + b"[" * 200_000])
def test_deep_nesting_ends_in_a_sentence(deep):
    assert "nested too deeply" in refusal(deep)


def test_a_number_of_a_million_digits_ends_in_a_sentence():
    assert "a number too long" in refusal(b'{"cells": [], "nbformat": ' + b"9" * 1_000_000 + b"}")


@pytest.mark.parametrize("cell", [None, 7, "code", [], {}, {"cell_type": 7}])
def test_a_cell_that_is_no_cell_is_named_by_its_number(cell):
    assert "its cell 2 is not a cell" in refusal(notebook(code("a = 1"), cell))


@pytest.mark.parametrize("source", [None, 7, {"a": 1}, ["a", 7], [["a"]]])
def test_code_that_is_no_text_is_named_by_its_cell(source):
    assert "the code of its cell 1 is not text" in refusal(notebook(code(source)))


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}, "r"),
        ({"kernelspec": {"name": "julia-1.9"}}, "julia"),
        ({"kernelspec": {"name": "ir"}}, "r"),
        ({"language_info": {"name": "C++17"}}, "c++17"),
    ],
)
def test_another_language_is_named(metadata, language):
    assert refusal(notebook(metadata=metadata)) == (
        f'The notebook is written in "{language}", not in Python. Choose a Python kernel.'
    )


def test_format_3_names_its_language_in_the_cell():
    cell = {"cell_type": "code", "input": "x <- 1", "language": "R"}
    assert 'written in "r"' in refusal(json.dumps({"nbformat": 3, "worksheets": [{"cells": [cell]}]}).encode())


def test_what_a_language_calls_itself_cannot_color_a_terminal():
    assert "\x1b" not in refusal(notebook(metadata={"language_info": {"name": "\x1b[31mR\ud800\u202e"}}))


@pytest.mark.parametrize("name", ["python3", "conda-env-bio-py", "python", "xpython", ".venv", "dlfb-lab"])
def test_python_is_accepted_under_every_kernel_name(name):
    assert read_notebook(notebook(code("a"), metadata={"kernelspec": {"name": name}})).cells == ("a",)


def test_too_many_cells_are_refused_with_both_numbers():
    sentence = refusal(notebook(*[code("")] * 20_000))
    assert sentence == f"The notebook has 20000 cells; at most {MAX_CELLS} are read. Remove some."


def test_every_truncation_of_a_notebook_is_called_half_written():
    whole = notebook(code("s = 'é中' # {}"), code(["a = {'b': [1]}"])).decode().encode()
    assert b"\\u" in whole
    plain = json.dumps(json.loads(whole), ensure_ascii=False).encode()  # so that a cut may fall inside a character
    for data in (whole, plain):
        assert len(read_notebook(data).cells) == 2
        for end in range(1, len(data)):
            assert "half-written" in refusal(data[:end]), data[:end]


def test_a_whole_notebook_with_something_after_it_is_not_called_half_written():
    assert "line 1 is not JSON" in refusal(notebook() + b" <<<<")


@given(st.binary())
def test_any_bytes_are_a_notebook_or_a_sentence(data):
    assert_notebook_or_sentence(data)


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["code", "python", "\ud800"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "worksheets", "source", "input", "cell_type", "metadata", "nbformat", "kernelspec"]
            )
            | st.sampled_from(["language", "language_info", "name", "dlfb_lab", "lab"]),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@given(TREES)
def test_any_json_is_a_notebook_or_a_sentence(tree):
    assert_notebook_or_sentence(json.dumps(tree).encode())


@given(TREES, TREES)
def test_any_cell_and_metadata_are_a_notebook_or_a_sentence(cell, metadata):
    assert_notebook_or_sentence(json.dumps({"cells": [cell], "metadata": metadata}).encode())


def assert_notebook_or_sentence(data):
    try:
        found = read_notebook(data)
    except NotANotebook as error:
        str(error).encode("utf-8")
        assert str(error).endswith(".")
    else:
        assert all(isinstance(cell, str) and cell.encode("utf-8") is not None for cell in found.cells)
