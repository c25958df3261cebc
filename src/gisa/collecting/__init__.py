"""Addresses that are asked again and again: feeds that are followed, sites that are crawled. Yields drafts; adds nothing.

``rounds`` follows feeds, ``crawl`` goes through one site. Both are told how to add by their caller, fetch while nobody's
lock is held, and keep in ``sites.sqlite`` what they have asked, once its articles are in the archive.
"""
