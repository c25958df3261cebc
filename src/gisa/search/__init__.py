"""Answering a search: from a request to a page of results. Knows nothing of folders, HTTP or terminals."""
