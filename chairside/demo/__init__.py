"""The demo: invented people, a robot that plays a visit with Qt input events, and nothing else."""
