"""The untrusted side and its wire. A leaf: imports the standard library and `dlfb_lab`, nothing else of autograder."""
