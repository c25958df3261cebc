"""Which page numbers to offer. Pure."""

from __future__ import annotations


def last_page(total: int, *, per_page: int) -> int:
    """The number of the last page; an empty result has one page."""
    return max(1, -(-total // per_page))


def page_window(current: int, last: int, *, around: int = 2) -> tuple[int | None, ...]:
    """Page numbers to show, with None for a gap: first, last, and those around the current one.

    A gap stands for two pages or more, so that nothing is hidden that would fit in its place.

    >>> page_window(5, 32, around=1)
    (1, None, 4, 5, 6, None, 32)
    """
    shown = {1, last, *range(max(1, current - around), min(last, current + around) + 1)}
    window: list[int | None] = []
    previous = 0
    for number in sorted(shown):
        if number == previous + 2:
            window.append(number - 1)
        elif number > previous + 2:
            window.append(None)
        window.append(number)
        previous = number
    return tuple(window)
