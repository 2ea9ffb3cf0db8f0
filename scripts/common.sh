# Sourced by demo, test and .ci/run: what they share. Every failure ends with a sentence that says what to do.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$root"

# One compiler cache for every build folder and every clone: paths below the tree count as relative.
export CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=1

say() { printf '\033[1m== %s\033[0m\n' "$*"; }
fail() { printf 'libskin: %s\n' "$*" >&2; exit 1; }
trap 'printf "libskin: stopped at line %s of %s: the command above failed; fix what it says and run the script again\n" "$LINENO" "${BASH_SOURCE[0]##*/}" >&2' ERR

# Install the Debian packages of packages.txt that are not there yet.
need_packages() {
    command -v dpkg-query >/dev/null || fail "this script installs Debian packages; on another system install what scripts/packages.txt names and use cmake --preset"
    local missing=() package
    while read -r package; do
        [[ -z "$package" || "$package" == \#* ]] && continue
        [[ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" == installed ]] || missing+=("$package")
    done < scripts/packages.txt
    ((${#missing[@]})) || return 0
    local line="apt-get install -y --no-install-recommends ${missing[*]}"
    local as_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null && sudo -n true 2>/dev/null && as_root=(sudo) ||
            fail "missing packages and no right to install them; run this line as root, then try again: apt-get update && $line"
    fi
    say "installing ${#missing[@]} Debian packages: ${missing[*]}"
    "${as_root[@]}" apt-get update -qq || fail "apt-get update failed: is the network there?"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive $line >/dev/null || fail "apt-get failed; try this line by hand: $line"
}

# The first interpreter that can make a virtual environment and build extensions: Debian's own, then whatever is first.
find_python() {
    local candidate
    for candidate in "${SKIN_PYTHON:-}" /usr/bin/python3 python3; do
        [[ -n "$candidate" ]] && command -v "$candidate" >/dev/null || continue
        "$candidate" - <<'PY' >/dev/null 2>&1 && { echo "$candidate"; return 0; }
import ensurepip, os, sys, sysconfig, venv
assert sys.version_info >= (3, 11) and os.path.exists(os.path.join(sysconfig.get_paths()["include"], "Python.h"))
PY
    done
    fail "no python3 >= 3.11 with venv and headers found; install python3-venv and python3-dev, or set SKIN_PYTHON"
}

# A project-local .venv with what requirements.txt names; made again only when that file changed.
need_venv() {
    local wanted stamp=.venv/requirements.sha256
    wanted="$(sha256sum scripts/requirements.txt | cut -d' ' -f1)"
    [[ -x .venv/bin/python && -f "$stamp" && "$(<"$stamp")" == "$wanted" ]] && return 0
    local python
    python="$(find_python)"
    say "making .venv with $("$python" --version)"
    [[ -x .venv/bin/python ]] || "$python" -m venv .venv || fail "$python -m venv failed; delete .venv and install python3-venv"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement scripts/requirements.txt ||
        fail "pip could not install scripts/requirements.txt: is the network there?"
    printf '%s' "$wanted" > "$stamp"
}

# build PRESET [TARGET...]: configure if needed, then compile; one command a target, so that none takes long.
build() {
    local preset="$1"
    shift
    [[ -f "build/$preset/build.ninja" ]] || cmake --preset "$preset" >/dev/null || {
        cmake --preset "$preset"
        fail "configuring $preset failed; see above"
    }
    local target
    for target in "${@:-all}"; do
        cmake --build --preset "$preset" --parallel "$(nproc)" --target "$target" || fail "compiling $target ($preset) failed; see above"
    done
}
