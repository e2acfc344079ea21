# The .NET side: SDK, build, run.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

require_dotnet() {
    if ! command -v dotnet >/dev/null && [ -x "${DOTNET_ROOT:-$HOME/.dotnet}/dotnet" ]; then
        PATH=${DOTNET_ROOT:-$HOME/.dotnet}:$PATH
    fi
    command -v dotnet >/dev/null \
        || fail "The .NET 10 SDK is missing: install it from https://dot.net/download, so that 'dotnet' is on the PATH."
    dotnet --list-sdks | grep '^10\.' >/dev/null \
        || fail "The .NET SDK is $(dotnet --version), but 10 is needed: install it from https://dot.net/download."
}

build_solution() {
    say "Building the solution"
    build_quietly Dsl.sln
}

# build_project PROJECT: a project by its path in the repository.
build_project() {
    [ -f "$ROOT/$1" ] || fail "$1 is not there: is this checkout complete?"
    say "Building $1"
    build_quietly "$1"
}

# build_quietly PATH: builds, unless nothing has changed since it last did; shows each error and warning once, and nothing when
# there is none.
build_quietly() {
    local log=$ARTIFACTS/logs/build.log status=0 stamp
    stamp=$ARTIFACTS/stamps/$(printf '%s' "$1 ${DslBackward:-} ${DslLibTorch:-}" | tr -c 'A-Za-z0-9.' _)
    mkdir -p "$ARTIFACTS/logs" "$ARTIFACTS/stamps"
    ! is_current "$stamp" "$1" || return 0
    sources -print | sort >"$stamp.new"
    dotnet build "$ROOT/$1" --configuration Release --verbosity quiet >"$log" 2>&1 || status=$?
    sed -n '/: error\|: warning/s/^ *//p' "$log" | sort -u >&2
    [ "$status" -eq 0 ] || fail "$1 does not build: the messages are above, the whole output is in ${log#"$ROOT"/}."
    mv "$stamp.new" "$stamp"
}

# is_current STAMP PATH: whether what a build made is there, and no file came, went or changed since: a stamp is as old as the
# build's start and lists the files that there were.
is_current() {
    [ -f "$1" ] || return 1
    case $2 in *.csproj) [ -f "$(assembly "$2")" ] || return 1 ;; esac
    [ -z "$(sources -newer "$1" -print -quit)" ] && sources -print | sort | cmp -s - "$1"
}

# sources TEST...: all files of the checkout that a build may read, as find's tests choose.
sources() {
    find "$ROOT" \( -name .git -o -name bin -o -name obj -o -path "$ARTIFACTS" \) -prune -o -type f "$@"
}

# assembly PROJECT: what a project is built into.
assembly() {
    local name
    name=$(sed -n 's/.*<AssemblyName>\(.*\)<\/AssemblyName>.*/\1/p' "$ROOT/$1")
    echo "$ROOT/$(dirname "$1")/bin/Release/net10.0/${name:-$(basename "$1" .csproj)}.dll"
}

# run_project PROJECT ARGUMENT...: runs what build_project built, in the caller's directory.
run_project() {
    local project=$1
    shift
    say "Running $project"
    dotnet "$(assembly "$project")" "$@" || fail "$project ended with status $?: see the messages above."
}
