"""The page on which people judge what may be the same: readable for all, decisions by those who may write."""

import contextlib
import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from urllib.parse import quote

from flask import Blueprint, Flask, Response, redirect, request

from reelgraph import access, judgements
from reelgraph.access import Role, Token
from reelgraph.config import Settings
from reelgraph.errors import ConfigError
from reelgraph.judgements import Judgement
from reelgraph.proposals import Proposal
from reelgraph.server import namesakes, wording
from reelgraph.server.namesakes import KINDS, Side
from reelgraph.server.paging import paged, window
from reelgraph.server.problem import HttpError
from reelgraph.server.rendering import links, page, settings
from reelgraph.server.search import index
from reelgraph.server.view import View, view

blueprint = Blueprint("deciding", __name__)

#: Pairs on one page, characters of a reason, and decisions that are shown.
_MOST, _LONGEST, _DECIDED = 10, 200, 50
_VERDICTS = ("same", "different")
_OFF = "decisions are off here: nobody has a token for writing; decide by `reelgraph resolve`"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that may be one, with what there is to see of both."""

    proposal: Proposal
    sides: tuple[Side, Side]


def register(app: Flask) -> None:
    """Add the page."""
    app.register_blueprint(blueprint)


@blueprint.get("/resolve")
def resolve() -> Response:
    """Show pairs of things that may be one, each with its words, and what was decided."""
    seen, kind = view(), request.args.get("kind", "")
    if kind and kind not in KINDS:
        raise HttpError(404, f"there are no pairs of {kind!r}; there are {', '.join(KINDS)}")
    decided = judged()
    asked = _asked(seen)
    found = [asked] if asked else namesakes.pairs(seen, decided, (kind,) if kind else KINDS)
    shown = [_pair(seen, one) for one in found[window(_MOST)]]
    answer = page(
        "resolve.html",
        view=seen,
        pairs=shown,
        paged=paged(len(found), _MOST),
        kind=kind,
        kinds=KINDS,
        asked=asked,
        decided=[(one, _name(seen, one.one), _name(seen, one.other)) for one in decided[::-1][:_DECIDED]],
        can_write=bool(settings().tokens),
        state=request.args.get("state", ""),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _asked(seen: View) -> Proposal | None:
    """Return the pair that the request names itself, if it names both."""
    given = [request.args.get(name, "").strip() for name in ("one", "other")]
    if not all(given):
        return None
    one, other = (_thing(seen, text) for text in given)
    kind = links().kind(one)
    if kind != links().kind(other) or one == other:
        raise HttpError(422, f"{seen.title(one)} and {seen.title(other)} are not two {wording.kinds(kind)}")
    return Proposal(one, other, kind, 0, "as you asked")


def _thing(seen: View, text: str) -> str:
    """Return the IRI of the one thing that a text is the name, the IRI or the address of."""
    rest = text.rpartition("/page/")[2].rpartition(seen.base)[2]
    if links().kind(seen.base + rest) in KINDS and seen.has_name(seen.base + rest):
        return seen.base + rest
    hits = [hit for hit in index(seen).find(seen, text) if hit.kind in KINDS]
    exact = [hit for hit in hits if text.casefold() in (hit.name.casefold(), hit.also.casefold())]
    if len(exact) == 1:
        return exact[0].iri
    names = ", ".join(f"{hit.name} ({links().rest(hit.iri)})" for hit in (exact or hits)[:_MOST])
    hint = f"did you mean {names}? What is in brackets names one" if names else "the graph has nothing like it"
    raise HttpError(422, f"{text[:60]!r} is not the name of one thing: {hint}")


@blueprint.post("/resolve")
def decide() -> Response:
    """Keep the decisions of a form and derive the graph anew from them."""
    token = _holder(settings())
    lines = _lines(token)
    state = "nothing"
    if lines:
        try:
            judgements.parse(lines, settings().base, "decision")
        except ConfigError as error:
            raise HttpError(422, str(error)) from None
        state = _work(settings(), lines)
    answer = redirect(_back(state), 303)
    answer.headers["Cache-Control"] = "no-store"
    return answer  # type: ignore[return-value]


def _back(state: str) -> str:
    """Return the page that the form was on, with what became of it: that of a thing to be split, or that of pairs."""
    kind, split = request.form.get("kind", ""), request.form.get("of", "")
    if links().kind(split) in KINDS:
        return f"{links()('/resolve/split')}?state={state}&of={quote(split, '')}"
    return links()("/resolve") + f"?state={state}" + (f"&kind={kind}" if kind in KINDS else "")


def judged() -> tuple[Judgement, ...]:
    """Return the decisions that people made."""
    try:
        return judgements.known(settings())
    except ConfigError as error:
        raise HttpError(503, f"the decisions cannot be read: {error}") from None


def _pair(seen: View, proposal: Proposal) -> Pair:
    return Pair(proposal, (namesakes.side(seen, proposal.one), namesakes.side(seen, proposal.other)))


def _name(seen: View, iri: str) -> str:
    return seen.title(iri) if seen.has_name(iri) else links().rest(iri)


def _holder(known: Settings) -> Token:
    """Return whose token came with the form, or refuse it."""
    tokens = access.tokens(known.tokens)
    if not tokens:
        raise HttpError(403, _OFF)
    given = request.form.get("token", "").strip()
    authorization = f"Bearer {given}" if given else request.headers.get("Authorization", "")
    token = access.holder(tokens, authorization)
    if token is None:
        what = "this token is not known here" if authorization else "decisions need a token for writing"
        raise HttpError(401, what, headers={"WWW-Authenticate": 'Bearer realm="reelgraph"'})
    if token.role < Role.WRITE:
        raise HttpError(403, f"the token {token.name} may {token.role.name.lower()} only")
    return token


def _lines(token: Token) -> list[str]:
    """Return the decisions of the form as lines of the file, each with its reason and whose it is."""
    lines = []
    for number in range(_MOST):
        verdict, one, other = (request.form.get(f"{name}-{number}", "") for name in ("verdict", "one", "other"))
        if verdict in _VERDICTS and one and other:
            reason = " ".join(request.form.get(f"reason-{number}", "").split())[:_LONGEST]
            lines.append(" ".join(part for part in (verdict, one, other, reason, f"({token.name})") if part))
    return lines


def _work(known: Settings, lines: list[str]) -> str:
    """Let a process keep the decisions and derive the graph; return how far it is when we stop waiting."""
    command = [sys.executable, "-m", "reelgraph", "resolve", "--decisions", "-", "--wait", f"{known.deadline:g}"]
    command += ["--store", str(known.store)]
    command += ["--judgements", str(known.judgements)] if known.judgements else []
    environment = {"REELGRAPH_BASE": known.base, "REELGRAPH_KEEP": str(known.keep)}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    out = subprocess.DEVNULL
    process = subprocess.Popen(  # noqa: S603 - the command is fixed, and decisions come by standard input
        command, stdin=subprocess.PIPE, stdout=out, stderr=out, env=os.environ | environment
    )
    with contextlib.suppress(BrokenPipeError), process.stdin or contextlib.nullcontext() as stream:
        if stream is not None:
            stream.write("".join(f"{line}\n" for line in lines).encode())
    try:
        return "done" if process.wait(known.deadline) == 0 else "kept"
    except subprocess.TimeoutExpired:
        threading.Thread(target=process.wait, daemon=True).start()
        return "working"
