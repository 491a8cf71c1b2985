"""Chairside: one clinic visit, read, asked, signed, decided and sealed, without a network."""

__version__ = "0.1.0"
