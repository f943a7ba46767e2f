#!/usr/bin/env bash
# Installs what Hammerscale is built from, and only what is missing, on Debian and Ubuntu:
#   cmake/install_dependencies.sh
# Repeats are cheap: when nothing is missing, no package tool but dpkg-query runs. Without the right to install, it says
# which packages an administrator must provide and leaves with 0, because the libraries may come from elsewhere (modules,
# a prefix in CMAKE_PREFIX_PATH); then the configure step decides.
set -euo pipefail

# One line for each need; the first package of a line that exists is taken, any that is installed already will do.
needs() {
    cat <<'PACKAGES'
g++
cmake
ninja-build
pkg-config pkgconf
openmpi-bin
libopenmpi-dev
libboost-mpi1.81-dev libboost-mpi-dev
libboost-serialization1.81-dev libboost-serialization-dev
libhdf5-openmpi-dev
libeigen3-dev
libcli11-dev
nlohmann-json3-dev
liblz4-dev
libzstd-dev
libxxhash-dev
libhwy-dev
libpcre2-dev
libicu-dev
libssl-dev
libxml2-dev
libedit-dev
zlib1g-dev
libbz2-dev
libgtest-dev
PACKAGES
}

installed=""
is_installed() { case "$installed" in *" $1 "*) return 0 ;; *) return 1 ;; esac; }

read_installed() {
    # "ii" is installed and configured; packages dpkg never heard of are no error here.
    # shellcheck disable=SC2016,SC2046
    installed=" $(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' $(needs) 2>/dev/null |
        awk '$1 == "ii" { printf "%s ", $2 }' || true) "
}

# Prints the lines of needs() of which no package is installed.
missing_needs() {
    local line package found
    while read -r line; do
        found=0
        for package in $line; do
            if is_installed "$package"; then found=1; fi
        done
        if [ "$found" = 0 ]; then echo "$line"; fi
    done < <(needs)
}

# The first package of each line that apt can install here.
choose_packages() {
    local line package chosen
    while read -r line; do
        chosen=""
        for package in $line; do
            if [ -z "$chosen" ] && apt-cache show --no-all-versions "$package" >/dev/null 2>&1; then chosen=$package; fi
        done
        echo "${chosen:-${line%% *}}"
    done
}

say_what_to_provide() {
    echo "      cannot install packages here: $1" >&2
    cat >&2 <<TEXT
      Missing, as Debian and Ubuntu call them (one of each line):
$(missing_needs | sed 's/ / or /g; s/^/        /')
      An administrator can run
        apt-get install --no-install-recommends $(missing_needs | awk '{ printf "%s ", $1 }')
      On a cluster, load modules instead: a C++20 compiler (GCC 12 or newer), CMake 3.25, Ninja, an MPI, Boost with
      Boost.MPI, parallel HDF5, Eigen, CLI11, nlohmann-json, LZ4, zstd, xxHash, Highway, PCRE2, ICU,
      OpenSSL, libxml2, libedit, zlib, bzip2, GoogleTest.
      Going on; cmake will tell whether it finds them elsewhere.
TEXT
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    missing_needs() { needs; }
    say_what_to_provide "this is not Debian or Ubuntu"
    exit 0
fi

read_installed
missing=$(missing_needs)
if [ -z "$missing" ]; then
    echo "      nothing is missing"
    exit 0
fi

as_root=()
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || { [ -t 0 ] && sudo -v; }; }; then
        as_root=(sudo)
    else
        say_what_to_provide "neither root nor sudo"
        exit 0
    fi
fi

log=$(mktemp "${TMPDIR:-/tmp}/hammerscale-apt.XXXXXX")
trap 'rm -f "$log"' EXIT
apt() {
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y \
        -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@" >>"$log" 2>&1 </dev/null
}

# A machine made from an image often has no package lists, or old ones that name files that are gone.
echo "      reading the package lists (apt-get update)"
if ! apt update; then echo "      apt-get update failed; trying with the lists that are here" >&2; fi
mapfile -t packages < <(choose_packages <<<"$missing")
echo "      installing ${packages[*]}"
if ! apt install --no-install-recommends "${packages[@]}"; then
    echo "apt-get install failed; its last lines:" >&2
    tail -n 30 "$log" >&2
    exit 1
fi
read_installed
still_missing=$(missing_needs)
if [ -n "$still_missing" ]; then
    echo "apt-get reported success, but these are not installed: $still_missing" >&2
    exit 1
fi
