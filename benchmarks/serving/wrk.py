"""Puts load on a server with wrk, and says how many answers came and how fast."""

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

_SCRIPT = """
local paths, fresh = {}, %(fresh)s
for line in io.lines("%(file)s") do paths[#paths + 1] = line end
local n = os.time() %% 100000 * 100000
function request()
  n = n + 1
  local path = paths[n %% #paths + 1]
  return wrk.format("GET", fresh and path .. "%%23" .. n or path)
end
function done(summary, latency, requests)
  io.stderr:write(string.format('{"requests": %%d, "seconds": %%f, "failed": %%d, "p50": %%f, "p99": %%f}',
    summary.requests, summary.duration / 1e6,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
"""


@dataclass(frozen=True)
class Load:
    """What came of some seconds of load: answers, seconds, failures, latencies in milliseconds."""

    requests: int
    seconds: float
    failed: int
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        """Answers a second; failed ones do not count."""
        return max(0, self.requests - self.failed) / self.seconds


def load(url: str, paths: list[str], accept: str, seconds: float, *, fresh: bool, clients: int = 8) -> Load:
    """Let clients ask for the paths in turn; `fresh` ends each with a comment of its own, which no cache has seen."""
    with tempfile.TemporaryDirectory() as folder:
        file, script = Path(folder) / "paths", Path(folder) / "ask.lua"
        file.write_text("\n".join(paths), "utf-8")
        script.write_text(_SCRIPT % {"fresh": str(fresh).lower(), "file": file}, "utf-8")
        done = subprocess.run(
            ["wrk", "-t1", f"-c{clients}", f"-d{seconds:g}s", "--timeout", "60s", "-H", f"Accept: {accept}",
             "-s", str(script), url],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
    return Load(**json.loads(done.stderr))
