"""The whole window on a real clinic."""
