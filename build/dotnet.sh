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

# Everything that a build needs besides the sources.
prepare() {
    require_dotnet
    choose_torch
    build_shim
}

build_solution() {
    say "Building the solution"
    build_quietly Dsl.slnx
}

# build_project PROJECT: a project by its path in the repository.
build_project() {
    [ -f "$ROOT/$1" ] || fail "$1 is not there: is this checkout complete?"
    say "Building $1"
    build_quietly "$1"
}

# build_quietly PATH: builds; shows each error and warning once, and nothing when there is none.
build_quietly() {
    local log=$ARTIFACTS/logs/build.log status=0
    mkdir -p "$ARTIFACTS/logs"
    dotnet build "$ROOT/$1" --configuration Release --verbosity quiet >"$log" 2>&1 || status=$?
    sed -n '/: error\|: warning/s/^ *//p' "$log" | sort -u >&2
    [ "$status" -eq 0 ] || fail "$1 does not build: the messages are above, the whole output is in ${log#"$ROOT"/}."
}

# run_project PROJECT ARGUMENT...: runs what build_project built, in the caller's directory.
run_project() {
    local project=$1
    shift
    say "Running $project"
    dotnet run --project "$ROOT/$project" --configuration Release --no-build -- "$@" \
        || fail "$project ended with status $?: see the messages above."
}
