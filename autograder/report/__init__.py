"""Reports: one record a submission, and its renderings."""
