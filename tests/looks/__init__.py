"""How the product looks: every page in its states, what must hold on each, and pictures kept exactly."""
