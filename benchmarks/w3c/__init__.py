"""The W3C SPARQL 1.1 tests: their manifests, and how each kind is run over HTTP."""
