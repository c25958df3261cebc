"""What the paper lets machines do with its articles, as one line for machines: English, in answers to agents and ``llms.txt``."""

from __future__ import annotations

from gisa.config import Mining


def licence_line(paper: str, mining: Mining) -> str:
    """The paper's own line, or the usual one.

    >>> licence_line("나루일보", Mining())
    '© 나루일보. Quote with its citation; text and data mining and the training of models are reserved.'
    """
    if mining.licence:
        return mining.licence
    terms = f" Terms: {mining.policy}" if mining.policy else ""
    if mining.allowed:
        return f"© {paper}. Quote with its citation; text and data mining is allowed.{terms}"
    return f"© {paper}. Quote with its citation; text and data mining and the training of models are reserved.{terms}"
