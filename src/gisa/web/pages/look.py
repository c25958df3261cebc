"""How a paper's pages look: its colour and icon, fitted to its theme, beside the site's own files. Reads no folder."""

from __future__ import annotations

from gisa.config import Paper
from gisa.web.pages.assets import STATIC_DIR, Assets
from gisa.web.pages.colours import icon_svg, theme_stylesheet
from gisa.web.pages.theme import ICON, Theme
from gisa.web.pages.tokens import Tokens, grounds, read_tokens


def make_assets(paper: Paper, theme: Theme, *, base: str) -> Assets:
    """Every file that the pages load: the site's, the theme's, and what is made of the paper's colour."""
    icon = theme.files[ICON].decode("utf-8", "replace") if ICON in theme.files else icon_svg(paper.colour)
    return Assets({"theme.css": colour_stylesheet(paper, theme), "icon.svg": icon}, theme=theme.files, base=base)


def colour_stylesheet(paper: Paper, theme: Theme) -> str:
    """The paper's colour as custom properties, readable on the grounds that its theme sets."""
    tokens = read_tokens(_site_css(), theme.stylesheet)
    return theme_stylesheet(paper.colour, light=grounds(tokens.light), dark=grounds(tokens.dark))


def tokens_of(paper: Paper, theme: Theme) -> Tokens:
    """The colours of the paper's pages as browsers end up with them."""
    return read_tokens(_site_css(), colour_stylesheet(paper, theme), theme.stylesheet)


def _site_css() -> str:
    return (STATIC_DIR / "site.css").read_text("utf-8")
