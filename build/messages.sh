# What the script says: one line for each phase, and one that ends it when something is wrong.

say() {
    printf '== %s\n' "$*" >&2
}

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# For errors that nobody foresaw: the line at least says where.
unexpected() {
    fail "./dsl $COMMAND stopped with status $1 at ${2#"$ROOT"/}, line $3."
}

# logged NAME HINT COMMAND...: runs a command that talks a lot; shows the end of its output only when it fails.
logged() {
    local name=$1 hint=$2 log
    shift 2
    mkdir -p "$ARTIFACTS/logs"
    log=$ARTIFACTS/logs/$name.log
    if ! "$@" >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        fail "$hint (the whole output is in ${log#"$ROOT"/})"
    fi
}
