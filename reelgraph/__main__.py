"""The command line as `python -m reelgraph`."""

from reelgraph.cli import main

main()
