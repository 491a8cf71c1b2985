"""What a person finds who does not see the glass, does not touch it, or reads from the right."""
