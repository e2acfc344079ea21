# All test projects of the solution, one after the other, and their totals.

run_tests() {
    local results=$ARTIFACTS/tests projects project status=0
    rm -rf "$results"
    mkdir -p "$results"
    mapfile -t projects < <(dotnet sln "$ROOT/Dsl.sln" list | tr -d '\r' | grep '^tests/.*\.csproj$')
    for project in "${projects[@]}"; do
        run_project "$results" "$project" "$(basename "$project" .csproj)" "$@" || status=1
    done

    # Goldens once more where libtorch computes operator by operator, as on devices that no loop goes to: what the compiler has fused
    # spells both.
    if [ $# -eq 0 ]; then
        DSL_LOOPS=libtorch run_project "$results" tests/Dsl.Tests/Dsl.Tests.csproj Dsl.Tests.Operators \
            --filter 'FullyQualifiedName~GoldenTests' || status=1
    fi
    report_totals "$results" "$status"
}

# One project's, as a file of results under a name.
run_project() {
    local results=$1 project=$2 name=$3 environment=(env) status=0
    shift 3

    # The tests' own arithmetic (x * 2.0, a + b) is TorchSharp's, which frees a number while libtorch reads it if a collection
    # starts at this moment, and other tests allocate all the time: docs/generated-code.md, "Numbers". Methods that are never
    # compiled a second time, for speed, hold their arguments until they return.
    case $name in Dsl.Runtime.Tests | Dsl.Tests | Dsl.Tests.*) environment+=(DOTNET_TC_CallCounting=0) ;; esac
    say "Testing $name"
    "${environment[@]}" dotnet test "$ROOT/$project" --configuration Release --no-build --verbosity quiet \
        --logger 'console;verbosity=minimal' --logger "trx;LogFileName=$name.trx" --results-directory "$results" "$@" \
        | sed -u '/^Test run for /d; /^A total of 1 test files/d; /^Results File: /d; /^$/d' \
        || status=1
    if [ ! -f "$results/$name.trx" ]; then
        say "$name left no results: its run did not end"
        status=1
    fi

    return "$status"
}

# report_totals FOLDER STATUS: the closing line, and the command's end.
report_totals() {
    local status=$2 total=0 executed=0 passed=0 failed=0 skipped counters file
    for file in "$1"/*.trx; do
        [ -f "$file" ] || continue
        counters=$(grep -m 1 -o '<Counters [^>]*>' "$file") || continue
        total=$((total + $(counter total)))
        executed=$((executed + $(counter executed)))
        passed=$((passed + $(counter passed)))
        sed -n '/<UnitTestResult .* outcome="Failed"/s/.* testName="\([^"]*\)".*/failed: \1/p' "$file" >&2
        failed=$((failed + $(counter failed) + $(counter error) + $(counter timeout) + $(counter aborted)))
    done
    skipped=$((total - executed))
    if [ "$total" -eq 0 ]; then
        say "No test ran"
        status=1
    elif [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
        say "A run ended with an error outside of a test: see the messages above"
    fi
    if [ "$skipped" -gt 0 ]; then
        echo "$passed passed, $failed failed, $skipped skipped"
    else
        echo "$passed passed, $failed failed"
    fi
    [ "$status" -eq 0 ] && [ "$failed" -eq 0 ] || exit 1
}

# counter NAME: a number of the element in $counters.
counter() {
    local value
    value=$(sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters")
    echo "${value:-0}"
}
