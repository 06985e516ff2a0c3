"""Who may do what over HTTP: tokens with a name and a role, of which the settings have only hashes."""

import base64
import binascii
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from hashlib import scrypt, sha256

from reelgraph.errors import ConfigError

_NAME = re.compile(r"[\w.@-]{1,64}")
_HEX = re.compile(r"(?:[0-9a-f]{2})+")
#: What one hash by scrypt costs: 16 MB and some dozens of milliseconds.
_COST = {"n": 1 << 14, "r": 8, "p": 1, "dklen": 32}
#: Characters of a token that are looked at.
_LONGEST = 512


class Role(IntEnum):
    """What the holder of a token may do; each may do what those before it may."""

    READ = 1
    WRITE = 2
    ADMIN = 3


@dataclass(frozen=True, slots=True)
class Token:
    """A token as the settings know it; with a salt the hash is by scrypt, else by SHA-256."""

    name: str
    role: Role
    digest: bytes = field(repr=False)
    salt: bytes = field(default=b"", repr=False)

    def fits(self, secret: str, name: str) -> bool:
        """Return whether this is the token, in the same time whatever is wrong; scrypt is tried by name only."""
        if not self.salt:
            return hmac.compare_digest(sha256(secret.encode()).digest(), self.digest)
        if not hmac.compare_digest(name.encode(), self.name.encode()):
            return False
        return hmac.compare_digest(scrypt(secret.encode(), salt=self.salt, **_COST), self.digest)


def tokens(text: str | None) -> tuple[Token, ...]:
    """Return the tokens of the setting `tokens`: `NAME:ROLE:sha256:HASH` or `NAME:ROLE:scrypt:SALT:HASH`, by spaces."""
    found = tuple(_token(line) for line in re.split(r"[\s,]+", text or "") if line)
    names = [token.name for token in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ConfigError(f"tokens: there are two tokens called {twice}")
    return found


def _token(line: str) -> Token:
    name, _, rest = line.partition(":")
    role, _, rest = rest.partition(":")
    method, *hashes = rest.split(":")
    right = {"sha256": 1, "scrypt": 2}.get(method) == len(hashes) and all(_HEX.fullmatch(one) for one in hashes)
    if not (_NAME.fullmatch(name) and role.upper() in Role.__members__ and right and len(hashes[-1]) == 64):
        raise ConfigError(f"tokens: {name or 'a token'} is not NAME:ROLE:sha256:HASH; make one by `reelgraph token`")
    salt = bytes.fromhex(hashes[0]) if method == "scrypt" else b""
    return Token(name, Role[role.upper()], bytes.fromhex(hashes[-1]), salt)


def holder(known: Sequence[Token], authorization: str) -> Token | None:
    """Return whose token an `Authorization` header has (Bearer, or Basic with the token as password)."""
    scheme, _, credentials = authorization.strip().partition(" ")
    name, secret = "", credentials.strip()
    if scheme.lower() == "basic":
        try:
            name, _, secret = base64.b64decode(secret, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
    elif scheme.lower() != "bearer":
        return None
    if not secret or len(secret) > _LONGEST:
        return None
    fitting = [token for token in known if token.fits(secret, name)]
    return fitting[0] if fitting else None


def new(name: str, role: Role) -> tuple[str, str]:
    """Return a new secret token and what to add to the setting `tokens` for it."""
    if not _NAME.fullmatch(name):
        raise ConfigError(f"{name!r} cannot be the name of a token: letters, digits and . _ - @ only")
    secret = secrets.token_urlsafe(32)
    return secret, f"{name}:{role.name.lower()}:sha256:{sha256(secret.encode()).hexdigest()}"
