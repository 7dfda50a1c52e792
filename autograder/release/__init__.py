"""`autograder release`: a repository for students, made from a course, with none of its answers in it."""
