"""Which optional layers read documents besides the default rules, and how; all are off unless set."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Llm:
    """A language model behind an OpenAI-compatible endpoint, such as `http://localhost:8080/v1`.

    `key` is the name of the environment variable that holds the key. `budget` is the number of tokens, asked and
    answered, that one document may cost. Answers are kept in the folder `cache` and are asked for only once.
    """

    url: str
    model: str
    key: str = ""
    timeout: float = 60.0
    retries: int = 2
    budget: int = 20_000
    seed: int = 1
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class Layers:
    """The layers that are on: the name of a spaCy model, the file of a trained classifier, a language model."""

    nlp: str = ""
    ml: Path | None = None
    llm: Llm | None = None

    def __bool__(self) -> bool:
        return bool(self.nlp or self.ml or self.llm)

    def key(self) -> str:
        """Return what of all this decides which facts a document gives; empty when no layer is on."""
        if not self:
            return ""
        said = [f"nlp {self.nlp} {_version(self.nlp)}" if self.nlp else ""]
        said.append(f"ml {sha256(self.ml.read_bytes()).hexdigest()}" if self.ml else "")
        said.append(f"llm {self.llm.model} {self.llm.seed} {self.llm.budget}" if self.llm else "")
        return sha256("\n".join(said).encode()).hexdigest()[:8]


def _version(model: str) -> str:
    from importlib import metadata

    try:
        return f"{metadata.version('spacy')} {metadata.version(model)}"
    except metadata.PackageNotFoundError:
        return "not installed"


NONE = Layers()
