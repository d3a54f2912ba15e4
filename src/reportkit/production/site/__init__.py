"""An index over rendered briefs: static pages, their data, and a server to look at them."""

from reportkit.production.site.build import Built, build_site

__all__ = ["Built", "build_site"]
