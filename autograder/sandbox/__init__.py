"""The untrusted side and its wire. A leaf: imports the standard library and `dlfb_lab`, nothing else of autograder.

Theory of operation
===================

Three kinds of process:

    grader   knows checks, answers, seed, score. Runs no student's byte, and reads nothing richer than bounded data.
    zygote   has imported JAX and `dlfb_lab`, in one thread and without a backend. Knows no secret. Runs no student's
             byte either: it only forks.
    child    one a submission. Runs the student's notebook. Knows no secret.

    grader --control socket--> zygote --fork--> child
       |                                          |
       +------------- channel: two pipes ---------+

The grader (`launch`) starts the zygote (`zygote`, `warm`) as a program of its own, with an environment of a dozen
harmless variables. For each child it makes a scratch folder and two pipes, and hands the child's ends over the control
socket. The zygote forks; the new process locks itself down (`jail`: `limits`, `identity`, `landlock`, `seccomp`), says
over the channel which layers took hold, and only then calls its entry, which may read the first byte from the grader.

The channel (`channel`) carries whole messages under one deadline. The grader's clock decides; when it has run out, the
grader has the zygote kill the child with all that it started, waits until nothing is left, and removes the folder.

Layers are attempted one by one, and one that did not take hold is missing in the child's first message. The level
(`level`) is computed from what is there; nothing is assumed. `autograder doctor` then attacks a child on this very
machine to see whether the layers do what they say.

What it does not do
===================

- It does not protect against a hole in the kernel. For that, run the grader in a machine to throw away.
- It does not keep the student's process honest: whatever a child says is a claim of the student's.
- It does not hide that files exist: `stat` tells names and sizes, never contents.
- It does not see files that a process has deleted and still holds open: those are limited in size, not in number.
- On macOS and Windows it is no sandbox at all: `practice` runs each submission in a process of its own, with
  deadlines and without walls (level L1). `sandbox` decides which of the two the grader gets.
"""
