"""What a query process may not do: use more memory than allowed, write core dumps, or reach the network.

Refusing `SERVICE` is the first wall; that a query process cannot make a socket is the second (Linux; no rights needed).
"""

import ctypes
import errno
import platform
import resource
import sys
from pathlib import Path

_PR_SET_NO_NEW_PRIVS = 38
_PR_SET_SECCOMP = 22
_SECCOMP_MODE_FILTER = 2
#: Machine -> (audit architecture, number of the system call `socket`).
_SOCKET = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
#: Classic BPF: load word, jump if equal, return.
_LOAD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_REFUSE = 0x0005_0000 | errno.EACCES
_ALLOW = 0x7FFF_0000


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("value", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction)))


def held(*, data: bool = False) -> int:
    """Return the bytes of memory the process holds, or those of its data, held or not; 0 where that cannot be read."""
    try:
        return int(Path("/proc/self/statm").read_bytes().split()[5 if data else 1]) * resource.getpagesize()
    except OSError:
        return 0


def limit_memory(megabytes: int) -> None:
    """Let the process end with an error rather than take so much more memory than it has now."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        size = (megabytes << 20) + held(data=True)
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))


def refuse_network() -> bool:
    """Make every new socket an error for the rest of the process's life; return whether that worked."""
    known = _SOCKET.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return False
    architecture, number = known
    program = (
        _Instruction(_LOAD, 0, 0, 4),
        _Instruction(_JUMP_EQUAL, 0, 3, architecture),
        _Instruction(_LOAD, 0, 0, 0),
        _Instruction(_JUMP_EQUAL, 0, 1, number),
        _Instruction(_RETURN, 0, 0, _REFUSE),
        _Instruction(_RETURN, 0, 0, _ALLOW),
    )
    instructions = (_Instruction * len(program))(*program)
    filter_ = _Program(len(program), instructions)
    libc = ctypes.CDLL(None)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(filter_), 0, 0) == 0)
