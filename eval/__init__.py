"""The gate: floors of search quality on judged data, which a change may not fall below. See ``floors.toml``."""
