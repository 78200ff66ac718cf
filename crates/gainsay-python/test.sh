#!/bin/sh
# Builds the wheel and runs its tests: the package, the notebooks in examples/python, and Spark where Java is.
# sh crates/gainsay-python/test.sh [pytest arguments]
#
# Packages come from wherever pip is set up to take them. GAINSAY_VENV names a virtual environment to use, which is made
# where it is not there; without it one is made in the target folder, and kept for the next time. What it has already is
# not fetched again. Exit 0 where all is well, and, after one line, where there is no Python to test with.
set -eu
cd "$(dirname "$0")/../.."
here=crates/gainsay-python
target=${CARGO_TARGET_DIR:-target}
mkdir -p "$target"
target=$(cd "$target" && pwd)
venv=${GAINSAY_VENV:-$target/python-venv}

if [ ! -x "$venv/bin/python" ]; then
    for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11 python3.10; do
        if "$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
            "$python" -m venv "$venv"
            break
        fi
    done
fi
if [ ! -x "$venv/bin/python" ]; then
    echo "$here/test.sh: no Python 3.10 to 3.13 with venv and pip; the wheel is not tested" >&2
    exit 0
fi
python=$venv/bin/python
if ! "$python" -m pip install --quiet --disable-pip-version-check -r "$here/requirements-test.txt"; then
    echo "$here/test.sh: pip cannot install requirements-test.txt; look at the lines above" >&2
    exit 1
fi

# The profile of the other tests, so that what cargo built for them is not built again.
wheels=$target/wheels-test
rm -rf "$wheels" "$target/wheel-test"
"$python" -m maturin build --quiet --profile "${GAINSAY_PROFILE:-dev}" --manifest-path "$here/Cargo.toml" --out "$wheels" \
    --interpreter "$python" --compatibility linux --auditwheel skip
# Unpacked beside the environment, not into it: several working copies may share one environment.
"$python" -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$target/wheel-test" "$wheels"/*.whl

PYTHONPATH=$target/wheel-test PYTHONDONTWRITEBYTECODE=1
export PYTHONPATH PYTHONDONTWRITEBYTECODE
cd "$here"
exec "$python" -m pytest -p no:cacheprovider "$@"
