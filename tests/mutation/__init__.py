"""What a mutation run over the safety core left alive, each with the reason why it does no harm."""
