"""The requirements of the clinic's content and rules, each with what proves it or what is not built."""
