"""The room beside nbgrader: a course that it can release and grade, and our grades in its gradebook.

nbgrader itself is never imported: it lives in an environment of its own, and this package writes and reads its files.
`scoring` alone runs inside an nbgrader kernel, among the student's objects.
"""
