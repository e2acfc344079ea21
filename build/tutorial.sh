# The tutorial, command by command, as a stranger types it: an empty folder, a home of its own, and nothing but the packages.

# try_tutorial: runs every line of the `sh` blocks of docs/tutorial.md, and holds what is printed against what stands there.
try_tutorial() {
    command -v curl >/dev/null || {
        say "Leaving out the tutorial: there is no curl to ask its web service"
        return
    }
    local folder home log=$ARTIFACTS/logs/tutorial.log
    folder=$(mktemp -d)
    home=$folder/home
    mkdir -p "$home/.nuget/NuGet" "$folder/work"
    [ ! -f ~/.nuget/NuGet/NuGet.Config ] || cp ~/.nuget/NuGet/NuGet.Config "$home/.nuget/NuGet"
    if (
        export HOME=$home DOTNET_CLI_HOME=$home NUGET_PACKAGES=$home/packages
        [ -z "${SHARED_PACKAGES:-}" ] || export NUGET_FALLBACK_PACKAGES=$SHARED_PACKAGES
        follow_tutorial "$folder/work"
    ) >"$log" 2>&1; then
        say "The tutorial, from an empty folder: $(tail -n 1 "$log")"
        rm -rf "$folder"
    else
        tail -n 20 "$log" >&2
        fail "The tutorial does not do what it says: see ${log#"$ROOT"/}"
    fi
}

# follow_tutorial FOLDER: in the shell that it is called in, where a `cd` and a variable last.
follow_tutorial() {
    local kind line output expected started commands=0 all=$SECONDS
    set -m
    trap 'kill -- $(jobs -p | sed "s/^/-/") 2>/dev/null || true' EXIT
    cd "$1"
    while IFS=$'\t' read -r kind line; do
        if [ "$kind" = command ]; then
            # The one thing that is different for everybody.
            line=${line/#packages=*/packages=$ARTIFACTS/packages}
            # A file for each: what goes on in the background writes on.
            commands=$((commands + 1))
            output=$1.$commands.out
            started=$SECONDS
            printf '$ %s\n' "$line"
            eval "$line" >"$output" 2>&1 </dev/null || { cat "$output"; return 1; }
            cat "$output"
            printf '# %s s\n' $((SECONDS - started))
        else
            expected=$(printed_pattern <<<"$line")
            grep -qxE "$expected" "$output" || { printf 'does not print: %s\n' "$line"; return 1; }
        fi
    done < <(tutorial_lines)
    printf '%s commands in %s s\n' "$commands" $((SECONDS - all))
}

# tutorial_lines: of each `sh` block, what is typed and what is printed. A block without a prompt is typed as a whole.
tutorial_lines() {
    awk '
        /^```sh$/ { inside = 1; count = 0; prompted = 0; next }
        /^```$/ && inside {
            for (i = 1; i <= count; i++) {
                if (!prompted) print "command\t" lines[i]
                else if (sub(/^\$ /, "", lines[i])) print "command\t" lines[i]
                else print "printed\t" lines[i]
            }
            inside = 0
        }
        inside { lines[++count] = $0; if ($0 ~ /^\$ /) prompted = 1 }' "$ROOT/docs/tutorial.md"
}

# printed_pattern: the line as an expression that takes any number for a number. Other machines round otherwise.
printed_pattern() {
    sed -E 's/[][(){}.*+?^$|\\]/\\&/g; s/[0-9]+(\\\.[0-9]+)?([Ee]-[0-9]+)?/[0-9]+(\\.[0-9]+)?([Ee]-[0-9]+)?/g'
}
