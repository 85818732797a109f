"""PostgreSQL, a broker and a mail catcher from wheels, for a demonstration and for tests.

Nothing here knows Django. An installation that serves a county uses its own database and broker, by environment
variables alone.
"""
