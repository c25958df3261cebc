"""Search results as files of other programs. One module a family of formats; ``formats`` is their table. Searches nothing."""
