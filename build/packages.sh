# Debian packages: only what is missing, only when it is needed.

is_debian() {
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null
}

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# install_packages WHAT PACKAGE...: makes sure that packages are there. WHAT says what they are for.
install_packages() {
    local what=$1 package missing=()
    shift
    is_debian || fail "$what is missing. This is not Debian or Ubuntu: install what their packages '$*' hold, then try again."
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null \
            || fail "$what is missing and there is no sudo: run 'apt-get install ${missing[*]}' as root, then try again."
        as_root=(sudo)
    fi
    say "Installing ${missing[*]} ($what)"
    if [ ${#as_root[@]} -gt 0 ] && ! sudo -v; then
        fail "$what is missing and sudo was refused: have 'apt-get install ${missing[*]}' run as root, then try again."
    fi
    logged apt "apt-get could not install ${missing[*]}: install them by hand, then try again" \
        apt_install "${missing[@]}"
}

# Lists of packages may be absent (fresh containers) or old: they are fetched only when the first try fails.
apt_install() {
    local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@")
    "${install[@]}" || { "${as_root[@]}" apt-get update && "${install[@]}"; }
}
