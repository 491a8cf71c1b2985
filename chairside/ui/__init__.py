"""Touch and glass: the only floor with Qt; shows a View and hands up what the person did."""
