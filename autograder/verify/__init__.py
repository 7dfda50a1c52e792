"""The rules of the house: what must hold of a course before anybody learns from it or is graded with it.

Everything that runs here is our own: the labs, the checks, and the sample answers that we wrote as learners write them.
"""

from autograder.verify.answers import Accuracy as Accuracy
from autograder.verify.answers import accuracy as accuracy
from autograder.verify.answers import of_right as of_right
from autograder.verify.answers import of_wrong as of_wrong
from autograder.verify.data import as_data as as_data
from autograder.verify.house import RUNS as RUNS
from autograder.verify.house import House as House
from autograder.verify.house import open_house as open_house
from autograder.verify.problem import Problem as Problem
from autograder.verify.rules import RULES as RULES
from autograder.verify.rules import Kept as Kept
from autograder.verify.rules import Rule as Rule
from autograder.verify.rules import keep_rules as keep_rules
from autograder.verify.samples import samples_of as samples_of
from autograder.verify.show import print_kept as print_kept
