#!/bin/sh
# Makes or completes .venv: `tools/venv.sh run` for playing, `tools/venv.sh dev` with what tests and checks need.
# uv does it where it is installed, Python's own venv and pip otherwise. PYTHON names another Python than python3.
set -eu
cd "$(dirname "$0")/.."
lock=requirements/$1.txt
python=.venv/bin/python
fit='import sys; sys.exit(sys.version_info < (3, 11))'

fail() {
    echo "$*" >&2
    exit 2
}

if ! "$python" -c "$fit" 2>/dev/null; then
    system=${PYTHON:-python3}
    if command -v uv >/dev/null; then
        "$system" -c "$fit" 2>/dev/null || system='>=3.11'
        uv venv --quiet --clear --python "$system" .venv
    else
        command -v "$system" >/dev/null || fail "There is no $system here: install Python 3.11 or newer."
        "$system" -c "$fit" || fail "$system is $("$system" -V 2>&1), and crmsim needs Python 3.11 or newer. Try: make PYTHON=python3.12 play"
        "$system" -m venv --clear .venv || {
            rm -rf .venv
            fail "Python's venv is missing; on Debian and Ubuntu: apt install python3-venv"
        }
    fi
fi

if command -v uv >/dev/null; then
    install() { uv pip install --quiet --python "$python" "$@"; }
else
    "$python" -c 'import pip' 2>/dev/null || "$python" -m ensurepip >/dev/null
    install() { "$python" -m pip install --quiet --disable-pip-version-check "$@"; }
fi
echo "Installing what $lock lists into .venv ..." >&2
install --require-hashes -r "$lock"
install --no-deps --no-build-isolation --editable .
