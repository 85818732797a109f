"""Listen for households that are closed, split or merged, and tell monitoring cases of measures."""

from assistance.domain.pairing import end_pairings_of_closed
from assistance.domain.succession import lead_along, lead_of_merged
from assistance.queries.measures import first_measures_since
from dossiers.domain.measures import tell_first_measures
from households.domain.news import household_closed, household_merged, household_split

household_closed.connect(end_pairings_of_closed, dispatch_uid="assistance.end_pairings_of_closed")
household_split.connect(lead_along, dispatch_uid="assistance.lead_along")
household_merged.connect(lead_of_merged, dispatch_uid="assistance.lead_of_merged")
tell_first_measures(first_measures_since)
