"""Which pairs of a class are listed: by what hardly anybody else has, and never by what is common or too little."""

import pytest

from autograder.similar import pairs
from autograder.similar.pairs import COMMON_MOST, LEAST_OWN, LEAST_SHARED, Entry, compare


def entry(student, number, *ranges):
    """An answer with these fingerprints, on lines of the same numbers."""
    return Entry(student, number, {one: frozenset([one]) for numbers in ranges for one in numbers})


def strangers(count, start=100):
    """Others in the class, who share nothing."""
    return [
        entry(f"other {number}", number, range(1000 * number, 1000 * number + 20))
        for number in range(start, start + count)
    ]


def test_two_that_share_much_are_a_pair_with_its_share_and_its_lines():
    found = compare([entry("ada", 0, range(20)), entry("grace", 1, range(5, 25)), *strangers(8)], set(), 0.5)
    (match,) = found.matches
    assert (match.first, match.second, match.shared) == (0, 1, 15)
    assert match.similarity == pytest.approx(0.75)
    assert match.first_lines == match.second_lines == set(range(5, 20))
    assert (found.compared, found.too_short) == (10, 0)


def test_a_copy_with_much_around_it_is_found_by_the_smaller_one():
    found = compare([entry("ada", 0, range(20)), entry("grace", 1, range(90)), *strangers(3)], set(), 0.9)
    assert [match.similarity for match in found.matches] == [1.0]


def test_the_threshold_decides():
    entries = [entry("ada", 0, range(20)), entry("grace", 1, range(10, 30)), *strangers(8)]
    assert len(compare(entries, set(), 0.5).matches) == 1
    assert compare(entries, set(), 0.51).matches == ()


def test_the_common_ground_counts_for_nothing():
    entries = [entry("ada", 0, range(20)), entry("grace", 1, range(20))]
    assert len(compare(entries, set(), 0.6).matches) == 1
    assert compare(entries, set(range(14)), 0.6).matches == ()


def test_nobody_is_listed_for_few_fingerprints():
    few = range(LEAST_OWN - 1)
    found = compare([entry("ada", 0, few), entry("grace", 1, few), *strangers(3)], set(), 0.0)
    assert (found.matches, found.compared, found.too_short) == ((), 3, 2)
    little = range(LEAST_SHARED - 1)
    many = [entry("ada", 0, little, range(100, 110)), entry("grace", 1, little, range(200, 210))]
    assert compare(many, set(), 0.0).matches == ()


def test_what_more_than_a_third_of_a_class_has_is_an_idiom():
    alike = [entry(f"s{number}", number, range(20)) for number in range(4)]
    assert len(compare([*alike, *strangers(8)], set(), 0.6).matches) == 6, "4 of 12 are no more than a third"
    assert compare([*alike, *strangers(7)], set(), 0.6).matches == ()


def test_two_in_a_class_of_two_are_no_majority():
    assert len(compare([entry("ada", 0, range(20)), entry("grace", 1, range(20))], set(), 0.6).matches) == 1


def test_in_a_large_class_an_idiom_needs_no_third():
    alike = [entry(f"s{number}", number, range(20)) for number in range(COMMON_MOST + 1)]
    assert compare([*alike, *strangers(200)], set(), 0.6).matches == ()
    assert compare([*alike[:-1], *strangers(200)], set(), 0.6).matches != ()


def test_what_is_rare_weighs_more_than_what_some_have():
    rare = compare([entry("ada", 0, range(20)), entry("grace", 1, range(10, 30)), *strangers(18)], set(), 0.0)
    others = [
        entry(f"o{number}", number, range(10, 20), range(500 * number, 500 * number + 20)) for number in (5, 6, 7)
    ]
    known = compare([entry("ada", 0, range(20)), entry("grace", 1, range(10, 30)), *others, *strangers(15)], set(), 0.0)
    pair_of = {(match.first, match.second): match.similarity for match in known.matches}
    assert pair_of[0, 1] < rare.matches[0].similarity == 0.5


def test_nobody_is_a_pair_with_themselves():
    entries = [entry("ada", 0, range(20)), entry("ada", 1, range(20)), *strangers(3)]
    assert compare(entries, set(), 0.0).matches == ()


def test_the_strongest_come_first():
    entries = [
        entry("a", 0, range(20)),
        entry("b", 1, range(8, 28)),
        entry("c", 2, range(100, 160)),
        entry("d", 3, range(100, 160)),
        *strangers(6),
    ]
    assert [match.first for match in compare(entries, set(), 0.5).matches] == [2, 0]


def test_the_work_grows_with_what_is_shared_and_not_with_all_pairs(monkeypatch):
    looked = []
    real = pairs._match
    monkeypatch.setattr(pairs, "_match", lambda first, second, *rest: looked.append(1) or real(first, second, *rest))
    entries = [entry("ada", 0, range(20)), entry("grace", 1, range(20)), *strangers(1000)]
    assert len(compare(entries, set(), 0.6).matches) == len(looked) == 1


def test_an_empty_class_has_no_pairs():
    assert compare([], set(), 0.0) == pairs.Comparison((), 0, 0)
