#!/bin/sh
# Makes the environment .venv with reelgraph in it; `setup.sh dev` adds what the tests need.
# Does nothing, in milliseconds, when that has been done and neither pyproject.toml nor constraints.txt changed since.
set -eu
cd "$(dirname "$0")/.."

extras="${1:-}"
stamp=.venv/reelgraph-installed

fingerprint() {
    { pwd; cat pyproject.toml constraints.txt; } | cksum
}

is_installed() {
    # `dev` holds everything the plain environment does.
    [ -x .venv/bin/python ] && [ -f "$stamp" ] && [ "$(sed 1d "$stamp")" = "$(fingerprint)" ] || return 1
    [ -z "$extras" ] || [ "$(sed -n 1p "$stamp")" = "$extras" ]
}

suitable() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
        if [ -n "$candidate" ] && suitable "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    return 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

install_python() {
    command -v apt-get >/dev/null || return 1
    echo "reelgraph: installing python3-venv with apt-get" >&2
    as_root apt-get update -qq >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-venv >/dev/null
}

# The tests look at the pages in a browser; they say that they skip that where it cannot be had.
install_browser() {
    for browser in chromium chromium-browser google-chrome; do
        if command -v "$browser" >/dev/null; then return; fi
    done
    command -v apt-get >/dev/null || return 0
    [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null || return 0
    echo "reelgraph: installing chromium with apt-get" >&2
    as_root apt-get update -qq >&2
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
}

if is_installed; then exit 0; fi
if [ -z "$extras" ] && [ -f "$stamp" ]; then extras="$(sed -n 1p "$stamp")"; fi

if ! python="$(find_python)"; then
    install_python || true
    if ! python="$(find_python)"; then
        echo "reelgraph: needs Python 3.11 or newer with its venv module." >&2
        echo "On Debian: apt-get install python3-venv. A Python elsewhere: PYTHON=/path/to/python3 make demo" >&2
        exit 1
    fi
fi

echo "reelgraph: making the environment .venv with $("$python" --version)" >&2
rm -f "$stamp"
if ! suitable .venv/bin/python || ! grep -qsF "$(pwd)/.venv/" .venv/bin/pip; then
    # None yet, a broken one, or one moved here with the folder: its scripts would run another place's Python.
    "$python" -m venv --clear .venv
fi
if [ "$extras" = dev ]; then install_browser || echo "reelgraph: no browser; the tests that need one are skipped" >&2; fi
.venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".${extras:+[$extras]}"
{ echo "$extras"; fingerprint; } >"$stamp"
