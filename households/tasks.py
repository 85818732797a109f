"""Work of the households that comes by itself: the letters of transfers, and anonymising."""

from households.domain.anonymise import anonymise_each_day
from households.domain.transfer import receive_acceptance, receive_answer, receive_offer

# A worker knows letters and due work by importing where they are registered.
__all__ = ["anonymise_each_day", "receive_acceptance", "receive_answer", "receive_offer"]
