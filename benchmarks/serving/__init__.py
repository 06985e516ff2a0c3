"""The benchmark of the endpoint: the servers it compares, the load it puts on them, what it asks them."""
