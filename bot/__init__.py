"""klantvraag: puts the customer back on the agenda of a meeting."""

__version__ = "0.1.0"
