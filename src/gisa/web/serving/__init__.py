"""What every request passes through: turns, cache, limits, measures."""
