"""Where a noun inside a word may end: a list of the particles and suffixes that follow nouns. Not an analyser."""

from __future__ import annotations

import re
from typing import Final

from gisa.text.hangul import is_hangul

_PARTICLE: Final = (
    "은|는|이|가|을|를|의|도|만|와|과|로|으로|에|에서|에게|에게서|께서|께|까지|부터|보다|처럼|마다|조차|마저|밖에|"
    "엔|에는|에도|에만|에서는|에서도|에서의|에의|로는|로도|로의|으로는|으로도|으로의|로서|로써|으로서|으로써|와의|과의|와는|과는|"
    "만의|만이|만은|만을|까지의|부터의|까지는|부터는|이나|나|이란|란|이라는|라는|이며|이고|이다|인|들|들이|들은|들을|들의|들도|들에게"
)
_PARTICLES: Final = frozenset(_PARTICLE.split("|"))
_NOT_HANGUL: Final = re.compile("[^가-힣]")


def ends_noun(rest: str) -> bool:
    """True if a noun can end before ``rest``: it is empty, begins with another script or a mark, or is a particle. True
    for ``""``, ``에서``, ``은`` and ``(ai)``; False for ``장``, ``나무`` and ``가능``.
    """
    if not rest or not is_hangul(rest[0]):
        return True
    other = _NOT_HANGUL.search(rest)
    return (rest[: other.start()] if other else rest) in _PARTICLES
