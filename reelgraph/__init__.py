"""Film documents in, a knowledge graph out in which every fact cites the exact words it came from."""

__version__ = "0.1.0"
