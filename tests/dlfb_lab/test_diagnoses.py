import re
from pathlib import Path

import pytest

from dlfb_lab._finding import diagnoses, diagnosis
from dlfb_lab.probes._settings import SETTINGS

REPOSITORY = Path(__file__).parents[2]
ENTRIES = sorted(diagnoses().values(), key=lambda entry: entry.name)
# The names without a hyphen are ordinary words, which also occur in texts: they are left out.
QUOTED = re.compile(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"')


def of_each_entry(test):
    return pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)(test)


@of_each_entry
def test_every_text_is_a_sentence_or_more(entry):
    for text in (entry.title, entry.why, entry.look):
        assert text[0].isupper() or text[0] in "`."
        assert text[-1] in ".?)"
        assert len(text) < 150


@of_each_entry
def test_a_title_is_one_sentence(entry):
    assert entry.title.endswith(".")
    assert "? " not in entry.title
    assert ". " not in entry.title


@of_each_entry
def test_every_entry_links_to_documentation(entry):
    hosts = "docs.jax.dev|numpy.org|docs.python.org|flax-linen.readthedocs.io|optax.readthedocs.io"
    assert re.fullmatch(rf"https://({hosts})/\S+\.html(#\S+)?", entry.link)


@of_each_entry
def test_a_code_is_a_row_of_the_catalog_or_none(entry):
    assert re.fullmatch(r"([A-H]\d{1,2})?", entry.code)


@of_each_entry
def test_a_name_is_lower_case_words(entry):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", entry.name)


@pytest.mark.parametrize("folder", ["dlfb_lab/checks", "solutions/hidden"])
def test_every_diagnosis_that_a_check_names_has_an_entry(folder):
    named = {name for file in (REPOSITORY / folder).glob("*.py") for name in QUOTED.findall(file.read_text("utf-8"))}
    # A setting of JAX that a check watches an answer under is written the same way.
    assert named - set(SETTINGS) - set(diagnoses()) == set()
    assert named & set(diagnoses())


def test_every_diagnosis_that_a_wrong_answer_must_get_has_an_entry():
    texts = [file.read_text("utf-8") for file in (REPOSITORY / "tests" / "wrong").glob("*/*.py")]
    named = {name for text in texts for name in re.findall(r"^# diagnosis: (\S+)$", text, re.MULTILINE)}
    assert len(named) > 20
    assert named - set(diagnoses()) == set()


def test_a_name_without_entry_says_what_to_do():
    with pytest.raises(KeyError, match=r"has no entry \[nonsense\]\. Add one, or correct the name in the check\."):
        diagnosis("nonsense")
