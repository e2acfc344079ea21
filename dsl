#!/usr/bin/env bash
# The project's commands. Works from any directory; every command may be repeated and does only what is missing.
set -Eeuo pipefail

ROOT=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd -P)
ARTIFACTS=$ROOT/artifacts
COMMAND=${1:-help}

# shellcheck source=build/messages.sh
. "$ROOT/build/messages.sh"
# shellcheck source=build/dotnet.sh
. "$ROOT/build/dotnet.sh"
# shellcheck source=build/tests.sh
. "$ROOT/build/tests.sh"
# shellcheck source=build/package.sh
. "$ROOT/build/package.sh"
# shellcheck source=build/tutorial.sh
. "$ROOT/build/tutorial.sh"
# shellcheck source=build/site.sh
. "$ROOT/build/site.sh"

help() {
    cat <<'TEXT'
usage: ./dsl COMMAND [ARGUMENTS]

  demo                  train the models of samples/Digits and compare them with the reference results
  inspect PROJECT       show what the compiler makes of a project's declarations: layers, objective, diagrams, stages; --html FILE
                        writes one page; --help lists the rest
  recipe NAME           rerun a published result on the data in DSL_DATA and show it beside the reference; --seeds N; --record
                        samples/Recipes/results.json keeps it for the gallery; without a name: the list
  test [ARGUMENTS]      build everything and run all tests; ARGUMENTS go to `dotnet test`, as --filter NAME, and leave out what
                        is not: the package in a project of its own, and the native binary
  bench [WORKLOADS]     compare training steps with TorchSharp's, and with PyTorch's where DSL_PYTHON has it; --json FILE
                        writes the numbers to a file, --history FILE adds them to one that `bench history FILE --html PAGE`
                        draws; --help lists the rest, as what a first step and loading take. --generator: what the compiler
                        costs an editor and a build; --project PROJECT: the steps of a project's own trainers
  pack                  make the NuGet package Dsl in artifacts/packages, and use it in a project outside of the solution
  aot                   publish samples/NativeAot as a native binary and train with it
  docs                  the documentation as a site with search, in artifacts/site
  build                 build the solution
  help                  this text

environment:
  DslLibTorch           the package of libtorch to run on, in place of the system's for the CPU: libtorch-cuda-12.8-linux-x64
  DSL_DATA              the folder with the data of recipes: cora, mnist-t10k, tinyshakespeare
  DSL_PYTHON            a Python with torch, for `bench` to compare with as well
TEXT
}

trap 'unexpected $? "${BASH_SOURCE[0]}" "$LINENO"' ERR
[ $# -eq 0 ] || shift
case $COMMAND in
    build)
        require_dotnet
        build_solution
        ;;
    test)
        require_dotnet
        build_solution
        if [ $# -eq 0 ]; then
            pack
            try_package
            try_native
        fi
        run_tests "$@"
        ;;
    pack)
        require_dotnet
        pack
        try_package
        ;;
    docs)
        require_dotnet
        build_site
        ;;
    aot)
        require_dotnet
        publish_native
        ;;
    demo)
        require_dotnet
        build_project samples/Digits/Digits.csproj
        run_project samples/Digits/Digits.csproj "$@"
        ;;
    inspect)
        require_dotnet
        build_quietly tools/Dsl.Tool/Dsl.Tool.csproj
        [ $# -gt 0 ] || set -- --help
        exec dotnet "$(assembly tools/Dsl.Tool/Dsl.Tool.csproj)" inspect "$@"
        ;;
    recipe)
        require_dotnet
        build_project samples/Recipes/Recipes.csproj
        [ $# -gt 0 ] || set -- --help
        run_project samples/Recipes/Recipes.csproj "$@"
        ;;
    bench)
        require_dotnet
        if [ "${1:-}" = --generator ]; then
            shift
            build_project bench/Generator/GeneratorBench.csproj
            run_project bench/Generator/GeneratorBench.csproj "$@"
            exit
        fi
        if [ "${1:-}" = --project ]; then
            shift
            build_quietly tools/Dsl.Tool/Dsl.Tool.csproj
            [ $# -gt 0 ] || set -- --help
            exec dotnet "$(assembly tools/Dsl.Tool/Dsl.Tool.csproj)" bench "$@"
        fi
        # For every side, and before any of them loads libtorch: spinning threads collapse when cores are shared.
        export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-passive}
        build_project bench/Bench.csproj
        run_project bench/Bench.csproj "$@"
        ;;
    help | --help | -h)
        help
        ;;
    *)
        fail "'$COMMAND' is not a command: ./dsl help lists them."
        ;;
esac
