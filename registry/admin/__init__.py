"""The admin site, and the bases that every app's pages build on.

Nothing is imported here: the site itself lies in this package. `config.apps` loads the pages of the kernel.
"""
