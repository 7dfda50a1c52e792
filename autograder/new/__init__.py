"""`autograder new`: every piece of a lab or a task, laid out with places to fill."""

from autograder.new.draft import Draft as Draft
from autograder.new.draft import write_draft as write_draft
from autograder.new.lab import lab_draft as lab_draft
from autograder.new.task import task_draft as task_draft
