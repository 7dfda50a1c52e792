"""Which answers of a class look alike: a hint to look at both, never a verdict.

    notebook_code   a notebook -> its statements, and what binds which name; parsed, never run
    answers         -> each task's answer, found by its name, with the helpers that it uses
    tidy, order     -> without what changes nothing, in an order that does not depend on the page
    tokens          -> words in which the student's own names do not matter
    fingerprints    -> some hashes of short runs of words (winnowing)
    ground          what is common to all: the lab's own code, the course's answer, right samples
    pairs           a class's fingerprints -> pairs that share what hardly anybody else has
    overlap         all of it, for submissions as they were collected
    page, data      for a person, for a program

It cannot tell who wrote first, whether two were allowed to work together, or whether both found the same page. It does
not see answers that were written anew along the same idea. Short answers are alike by nature: they are left out.
"""

from autograder.similar.data import as_data as as_data
from autograder.similar.ground import right_samples as right_samples
from autograder.similar.overlap import THRESHOLD as THRESHOLD
from autograder.similar.overlap import Overlap as Overlap
from autograder.similar.overlap import Pair as Pair
from autograder.similar.overlap import Side as Side
from autograder.similar.overlap import TaskSeen as TaskSeen
from autograder.similar.overlap import find_overlap as find_overlap
from autograder.similar.page import similar_page as similar_page
