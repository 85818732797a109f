"""Listen for households that are closed, split or merged."""

from assistance.domain.pairing import end_pairings_of_closed
from assistance.domain.succession import lead_along, lead_of_merged
from households.domain.news import household_closed, household_merged, household_split

household_closed.connect(end_pairings_of_closed, dispatch_uid="assistance.end_pairings_of_closed")
household_split.connect(lead_along, dispatch_uid="assistance.lead_along")
household_merged.connect(lead_of_merged, dispatch_uid="assistance.lead_of_merged")
