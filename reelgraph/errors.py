"""The exceptions of reelgraph; each message names the file, the place and what to do."""


class ReelgraphError(Exception):
    """Base of everything reelgraph raises on purpose; the command line prints it and ends with exit code 1."""


class DocumentError(ReelgraphError):
    """A document cannot be read: empty, binary, broken, too large, of an unknown kind."""


class MappingError(ReelgraphError):
    """A loader made a fact that `ontology/facts.toml` does not describe: an error in the loader."""


class StoreError(ReelgraphError):
    """The store cannot be opened, written or understood."""


class StoreLockedError(StoreError):
    """Another process holds the store's writer lock."""


class WriteError(ReelgraphError):
    """A write over HTTP cannot be made; `reason` says why in a word: protected, syntax, missing, type, evaluation."""

    def __init__(self, message: str, reason: str = "protected") -> None:
        super().__init__(message)
        self.reason = reason


class ExportError(ReelgraphError):
    """A graph holds something that cannot be written."""


class QueryError(ReelgraphError):
    """A query or one of its parameters is wrong; `parameter` names the parameter if it is one."""

    def __init__(self, message: str, parameter: str | None = None) -> None:
        super().__init__(message)
        self.parameter = parameter


class ConfigError(ReelgraphError):
    """A setting has a value that cannot be used."""
