"""The catalogue: a class for each report, one module for each subject."""
