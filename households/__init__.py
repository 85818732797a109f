"""Households: who belongs to them, what they are on the register for, and the ledger of every change."""
