"""One screen for each manner of step: shows one frozen View, tells facts upwards, decides nothing."""
