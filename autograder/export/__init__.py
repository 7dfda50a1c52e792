"""Reports -> what other systems take: gradebooks, result files, and bundles that grade over there.

A report that holds no verdict never becomes a 0 here: its cell stays empty, or its file says that it cannot be used,
and whoever asked for the export reads whose it is and why (`verdict.py`).
"""
