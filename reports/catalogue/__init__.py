"""The catalogue: a class for each report, one module for each subject; importing this package enters all of them."""
