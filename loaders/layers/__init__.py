"""Optional layers over the default extractors: a trained classifier, a parser, a language model; each off unless asked for."""
