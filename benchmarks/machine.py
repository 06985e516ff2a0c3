"""What the benchmarks say about the machine they ran on."""

import os
import platform
from importlib.metadata import version


def describe() -> str:
    """Return one line: processor, cores, Python and engine versions, load at the start."""
    cpu = platform.processor() or platform.machine()
    info = "/proc/cpuinfo"
    if os.path.exists(info):  # noqa: PTH110 - a virtual file of the kernel
        with open(info, encoding="utf-8") as lines:  # noqa: PTH123
            cpu = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), cpu)
    load = os.getloadavg()[0]
    return (
        f"{cpu}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"pyoxigraph {version('pyoxigraph')}, load {load:.1f}"
    )
