"""The instructor's grader. Holds no secret: a course's answers and hidden checks come from its folder."""
