#!/bin/sh
# Writes requirements/*.txt anew from pyproject.toml: pins and hashes for every platform, and no address in them.
# Needs uv. `tools/lock.sh --upgrade` takes newer versions; without it only what pyproject.toml changed moves.
set -eu
cd "$(dirname "$0")/.."
uv=$(command -v uv || echo .venv/bin/uv)
mkdir -p requirements

lock() { # file, group, what it is for, then further options
    file=$1 group=$2 title=$3
    shift 3
    "$uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
        --no-emit-index-url --no-emit-find-links --group "pyproject.toml:$group" --output-file "$file" "$@" pyproject.toml
    {
        printf '# %s\n# Written by tools/lock.sh from pyproject.toml.\n' "$title"
        grep -v '^#' "$file"
    } >"$file.new"
    mv "$file.new" "$file"
}

lock requirements/dev.txt dev "Everything a developer needs, pinned." "$@"
lock requirements/run.txt build "What playing from a checkout needs, pinned to the versions of dev.txt." \
    --constraint requirements/dev.txt
