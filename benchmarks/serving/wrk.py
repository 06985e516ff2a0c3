"""Puts load on a server with wrk, and says how many answers came and how fast."""

import http.client
import json
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

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


def batch(url: str, paths: list[str], accept: str, requests: int, clients: int = 8) -> Load:
    """Let clients make a number of requests together, for queries that take seconds; each path ends with a comment."""
    parts, times, failed = urlsplit(url), list[float](), list[int]()
    numbers = iter(range(requests))
    salt = time.time_ns()

    def ask() -> None:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=600)
        for number in numbers:
            begin = time.perf_counter()
            try:
                path = f"{paths[number % len(paths)]}%23{salt + number}"
                connection.request("GET", path, headers={"Accept": accept})
                answer = connection.getresponse()
                while answer.read(1 << 20):
                    pass
                failed.extend([answer.status] * (answer.status != 200))
            except (OSError, http.client.HTTPException):
                connection.close()
                failed.append(0)
            times.append((time.perf_counter() - begin) * 1000)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - begin
    times.sort()
    return Load(len(times), seconds, len(failed), times[len(times) // 2], times[len(times) * 99 // 100])


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
