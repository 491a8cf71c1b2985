"""The ground floor, proved by tables, oracles and made-up visits."""
