"""The web: search pages, the paper's files and the REST API over one open archive. Not the server that runs it."""

from gisa.web.app import create_app

__all__ = ["create_app"]
