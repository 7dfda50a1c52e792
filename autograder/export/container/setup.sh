#!/usr/bin/env bash
# Makes the grader's environment, once, when Gradescope builds the image. It ends loudly when anything is missing.
#
# With a network: packages come from the index that pip is set to use, each checked against its hash in requirements/.
# Without one: from wheels/, if the zip was made with --wheels, against the same hashes.
set -euo pipefail
base="${AUTOGRADER_BASE:-/autograder}"
home="${DLFB_LAB_HOME:-/opt/dlfb-lab}"
umask 022  # what is installed must be readable to the user that submissions run as
cd "$base/source"

fail() {
    echo "setup.sh: $*" >&2
    exit 1
}

usable() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    local name
    for name in python3.13 python3.12 python3.11 python3; do
        if usable "$name"; then
            command -v "$name"
            return
        fi
    done
}

# Ubuntu 22.04 has Python 3.10. uv brings a newer one, and checks it against the hash that it carries itself.
fetch_python() {
    local uv="$home/uv"
    python3 -m venv "$uv" || { apt-get update && apt-get install --yes --no-install-recommends python3-venv; } >&2
    python3 -m venv "$uv" >&2
    "$uv/bin/pip" install --quiet --require-hashes --requirement requirements/uv.txt >&2
    UV_PYTHON_INSTALL_DIR="$home/python" "$uv/bin/uv" python install --no-bin 3.12 >&2
    UV_PYTHON_INSTALL_DIR="$home/python" "$uv/bin/uv" python find --managed-python 3.12
}

mkdir -p "$home"
python="$(find_python)"
offline=()
if [ -d wheels ]; then
    offline=(--no-index --find-links wheels)
    [ -n "$python" ] || fail "no Python 3.11 or newer with venv, and none can be fetched offline: choose another image."
elif [ -z "$python" ]; then
    python="$(fetch_python)" || fail "no Python 3.11 or newer is here, and none could be fetched."
fi

"$python" -m venv --clear "$home/venv"
pip=("$home/venv/bin/python" -m pip install --quiet --disable-pip-version-check)
"${pip[@]}" ${offline[@]+"${offline[@]}"} --require-hashes --requirement requirements/instructor.txt ||
    fail "the packages could not be installed, see above. Offline: export again with --wheels."
"${pip[@]}" --no-index --no-deps --no-build-isolation ./package || fail "the grader itself could not be installed."

# Answers, hidden checks and the seed: for root alone.
[ "$(id -u)" != 0 ] || chown -R root:root course*
chmod -R go-rwx course*

# Grades the notebook as it is handed out: what is compiled for that need not be compiled for each student.
AUTOGRADER_BASE="$base" DLFB_LAB_HOME="$home" bash "$base/source/run_autograder" --prepare ||
    fail "the grader does not work in this image, see above."
echo "setup.sh: ready."
