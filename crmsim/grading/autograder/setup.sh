#!/usr/bin/env bash
# Run once, as root, when the autograder is built: a Python that is new enough, and what the program needs.
set -euo pipefail
home="${AUTOGRADER_HOME:-/autograder}"
able='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'
python=""
for each in python3 python3.13 python3.12 python3.11; do
    if command -v "$each" >/dev/null 2>&1 && "$each" -c "$able" >/dev/null 2>&1; then
        python="$each"
        break
    fi
done
if [ -z "$python" ]; then
    apt-get update
    apt-get install -y --no-install-recommends python3.11 python3.11-venv
    python=python3.11
fi
"$python" -m venv "$home/venv"
"$home/venv/bin/python" -m pip install --quiet --disable-pip-version-check -r "$home/source/requirements.txt"
