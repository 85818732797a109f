"""Who may hold a public-welfare post, and for how long at once."""

from typing import Final

# Full years on the first day, both included. Source: rules of the national system on posts, which doubt holders below
# 16 and from 70 on.
YOUNGEST_AGE: Final = 16
OLDEST_AGE: Final = 69
# A term is a year at most, and is renewed. Ours: contracts of such posts are signed by the year.
MOST_MONTHS: Final = 12
# How long before the end of a term it is asked whether it is renewed. Ours.
ASKED_DAYS: Final = 60
# The items of income under which the pay counts, by who pays: a department, the township, the village.
PAY_ITEMS: Final = ("1021", "1022", "1023")
