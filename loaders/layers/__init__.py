"""Optional layers over the default rules: a trained classifier, a parser, a language model; all off by default."""
