"""The settings, made once: defaults, then the settings file, then `REELGRAPH_*` variables, then flags."""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

import platformdirs

from reelgraph.errors import ConfigError
from reelgraph.model import Layers, Llm

#: What the IRIs of films, people and documents start with unless the settings say otherwise.
DEFAULT_BASE = "https://w3id.org/reelgraph/id/"
_PREFIX = "REELGRAPH_"
_BASE = re.compile(r"""https?://[^\s<>"{}|\\^`/?#]+(/[^\s<>"{}|\\^`?#]*)?/""")

_PUBLIC = re.compile(r"https?://(?:[\w.~-]+|\[[0-9a-fA-F:.]+\])(?::\d+)?(?:/[\w.~-]+)*", re.ASCII)


def _data_folder() -> Path:
    return Path(platformdirs.user_data_dir("reelgraph", appauthor=False))


@dataclass(frozen=True)
class Settings:
    """All settings of reelgraph; None means no limit, or not used."""

    #: What the IRIs of all things start with.
    base: str = DEFAULT_BASE
    #: Folder of the store.
    store: Path = field(default_factory=_data_folder)
    #: Address and port the server listens on.
    host: str = "127.0.0.1"
    port: int = 8000
    #: Queries that each server process runs at once, seconds a query may take, megabytes a query process may use.
    workers: int = 2
    deadline: float = 30.0
    worker_memory: int = 2048
    #: Megabytes that holding the snapshot in memory may take, all copies together; 0 is never.
    memory: int = 2048
    #: Rows and bytes an answer may have.
    max_rows: int | None = None
    max_bytes: int | None = None
    #: Megabytes a document may have.
    max_file: int = 512
    #: Snapshots to keep.
    keep: int = 5
    #: File with decisions of people about who is who.
    judgements: Path | None = None
    #: Who may write over HTTP: lines that `reelgraph token` prints, by spaces; nobody unless set.
    tokens: str | None = field(default=None, repr=False)
    #: Whether writes over HTTP may change the graphs that documents own; megabytes a written graph may have.
    open_sources: bool = False
    max_write: int = 64
    #: SPARQL endpoints that SERVICE may ask, and what the addresses begin with that LOAD may read, by spaces; whether
    #: they may be at private addresses.
    services: str | None = None
    loads: str | None = None
    private_hosts: bool = False
    #: File of the query log, one JSON object a line; `-` is standard error.
    query_log: Path | None = None
    #: Where a reverse proxy shows the server, such as `https://films.example/graph`.
    public_url: str | None = None
    #: The optional layers: name of a spaCy model; file of a trained classifier.
    nlp: str | None = None
    ml: Path | None = None
    #: A language model: address of an OpenAI-compatible endpoint, name of the model, of the variable that has the key;
    #: seconds an answer may take, how often it is asked for again, tokens a document may cost.
    llm: str | None = None
    llm_model: str | None = None
    llm_key: str | None = None
    llm_timeout: float = 60.0
    llm_retries: int = 2
    llm_budget: int = 20_000

    @property
    def layers(self) -> Layers:
        """The optional layers that these settings switch on."""
        if not self.llm:
            return Layers(self.nlp, self.ml)
        if not _PUBLIC.fullmatch(self.llm) or not self.llm_model:
            raise ConfigError("llm must be an address such as http://127.0.0.1:8080/v1, and llm_model name its model")
        answers = self.store / "answers"
        key = self.llm_key or ""
        llm = Llm(self.llm, self.llm_model, answers, key, self.llm_timeout, self.llm_retries, self.llm_budget)
        return Layers(self.nlp, self.ml, llm)


#: The least value of each number, and the most where there is one.
_LIMITS: dict[str, tuple[float, float]] = {
    "port": (0, 65535),
    "workers": (1, 1024),
    "deadline": (0.1, float("inf")),
    "worker_memory": (128, float("inf")),
    "memory": (0, float("inf")),
    "llm_timeout": (0.1, float("inf")),
    "llm_retries": (0, 20),
}
_FIELDS = {one.name: one for one in fields(Settings)}


def settings(
    flags: Mapping[str, str | None] | None = None, environ: Mapping[str, str] | None = None, file: Path | None = None
) -> Settings:
    """Return the settings; the file is the given one, else `REELGRAPH_CONFIG`, else the user's, if that exists.

    Flags are named like the fields of `Settings`; a flag that is None was not given.
    """
    environ = os.environ if environ is None else environ
    texts = _file(file, environ)
    for name in _FIELDS:
        variable = _PREFIX + name.upper()
        if environ.get(variable):
            texts[name] = environ[variable], variable
    for name, flag in (flags or {}).items():
        _known(name, "flags")
        if flag is not None:
            texts[name] = flag, f"--{name.replace('_', '-')}"
    return Settings(**{name: _value(name, text, origin) for name, (text, origin) in texts.items()})  # type: ignore[arg-type]


def _file(path: Path | None, environ: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return each value of the settings file with where it is from."""
    named = path or (Path(environ[f"{_PREFIX}CONFIG"]) if environ.get(f"{_PREFIX}CONFIG") else None)
    path = named or Path(platformdirs.user_config_dir("reelgraph", appauthor=False)) / "config.toml"
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        if named is None:
            return {}
        raise ConfigError(f"{path}: there is no such settings file") from None
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: cannot read the settings file: {error}") from None
    for name, value in content.items():
        _known(name, str(path))
        if not isinstance(value, str | int | float) or isinstance(value, bool) > ("bool" in str(_FIELDS[name].type)):
            raise ConfigError(f"{path}: {name} must be a text or a number, not {value!r}")
    folder = path.parent
    return {name: (_relative(name, str(value), folder), f"{path}: {name}") for name, value in content.items()}


def _relative(name: str, value: str, folder: Path) -> str:
    """Take a path in the settings file as seen from the file's folder."""
    is_path = "Path" in str(_FIELDS[name].type)
    return str(folder / Path(value).expanduser()) if is_path and value not in ("", "-") else value


def _known(name: str, origin: str) -> None:
    if name not in _FIELDS:
        close = difflib.get_close_matches(name, _FIELDS, 1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(_FIELDS)}"
        raise ConfigError(f"{origin}: no setting is called {name}; {hint}")


def _value(name: str, text: str, origin: str) -> str | int | float | Path | None:
    """Return a setting's value from its text, checked."""
    kind = str(_FIELDS[name].type)
    if name == "base":
        return _base(text, origin)
    if "bool" in kind:
        return _switch(text, origin)
    if not text:
        raise ConfigError(f"{origin}: must not be empty")
    if name == "public_url" and not _PUBLIC.fullmatch(text):
        raise ConfigError(f"{origin}: must be an address such as https://films.example/graph, not {text!r}")
    if "Path" in kind:
        return Path(text).expanduser()
    if "int" in kind or "float" in kind:
        return _number(name, text, origin, whole="int" in kind)
    return text


def _switch(text: str, origin: str) -> bool:
    known = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if text.lower() not in known:
        raise ConfigError(f"{origin}: must be true or false, not {text!r}")
    return known[text.lower()]


def _number(name: str, text: str, origin: str, *, whole: bool) -> int | float:
    what = "a whole number" if whole else "a number"
    try:
        number = int(text) if whole else float(text)
    except ValueError:
        raise ConfigError(f"{origin}: must be {what}, not {text!r}") from None
    least, most = _LIMITS.get(name, (1, float("inf")))
    if not least <= number <= most:
        limits = f"{least} or more" if most == float("inf") else f"{least} to {most}"
        raise ConfigError(f"{origin}: must be {what} of {limits}, not {text}")
    return number


def _base(text: str, origin: str) -> str:
    if not _BASE.fullmatch(text):
        raise ConfigError(f"{origin}: must be an IRI that ends with / (such as {DEFAULT_BASE}), not {text!r}")
    return text
