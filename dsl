#!/usr/bin/env bash
# The project's commands. Works from any directory; every command may be repeated and does only what is missing.
set -Eeuo pipefail

ROOT=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd -P)
ARTIFACTS=$ROOT/artifacts
COMMAND=${1:-help}

# shellcheck source=build/messages.sh
. "$ROOT/build/messages.sh"
# shellcheck source=build/packages.sh
. "$ROOT/build/packages.sh"
# shellcheck source=build/dotnet.sh
. "$ROOT/build/dotnet.sh"
# shellcheck source=build/libtorch.sh
. "$ROOT/build/libtorch.sh"
# shellcheck source=build/tests.sh
. "$ROOT/build/tests.sh"
# shellcheck source=build/bench.sh
. "$ROOT/build/bench.sh"
# shellcheck source=build/package.sh
. "$ROOT/build/package.sh"

help() {
    cat <<'TEXT'
usage: ./dsl COMMAND [ARGUMENTS]

  demo                  train the models of samples/Digits and compare them with the reference results
  inspect PROJECT       show what the compiler makes of a project's declarations: layers, objective, diagrams, stages; --html FILE
                        writes one page; --help lists the rest
  recipe NAME           rerun a published result on the data in DSL_DATA and show it beside the reference; --seeds N; without
                        a name: the list
  test [ARGUMENTS]      build everything and run all tests; ARGUMENTS go to `dotnet test`, as --filter NAME, and leave out what
                        is not: the package in a project of its own, and the native binary
  bench [ARGUMENTS]     compare training speed with PyTorch on this machine; --json FILE writes the numbers to a file;
                        --generator: what the compiler costs an editor and a build
  pack                  make the NuGet package Dsl in artifacts/packages, and use it in a project outside of the solution
  aot                   publish samples/NativeAot as a native binary and train with it
  build                 install what is missing, build the native part and the solution
  help                  this text

environment:
  DSL_TORCH             system: the machine's libtorch; package: the TorchSharp package. When not set, the package where it
                        can be restored, else the system's
  CMAKE_PREFIX_PATH     a libtorch to use in place of Debian's libtorch-dev: an unpacked libtorch archive, or the folder of
                        a Python wheel's torch
  DSL_DATA              the folder with the data of recipes: cora, tinyshakespeare
  DSL_PYTHON            the Python with torch that `bench` compares with
TEXT
}

trap 'unexpected $? "${BASH_SOURCE[0]}" "$LINENO"' ERR
[ $# -eq 0 ] || shift
case $COMMAND in
    build)
        prepare
        build_solution
        ;;
    test)
        prepare
        build_solution
        if [ $# -eq 0 ]; then
            pack
            try_package
            try_native
        fi
        run_tests "$@"
        ;;
    pack)
        prepare
        pack
        try_package
        ;;
    aot)
        prepare
        publish_native
        ;;
    demo)
        prepare
        build_project samples/Digits/Digits.csproj
        run_project samples/Digits/Digits.csproj "$@"
        ;;
    inspect)
        prepare
        build_quietly tools/Inspect/Inspect.csproj
        [ $# -gt 0 ] || set -- --help
        exec dotnet run --project "$ROOT/tools/Inspect/Inspect.csproj" --configuration Release --no-build -- "$@"
        ;;
    recipe)
        prepare
        build_project samples/Recipes/Recipes.csproj
        [ $# -gt 0 ] || set -- --help
        run_project samples/Recipes/Recipes.csproj "$@"
        ;;
    bench)
        prepare
        if [ "${1:-}" = --generator ]; then
            shift
            build_project bench/Generator/GeneratorBench.csproj
            run_project bench/Generator/GeneratorBench.csproj "$@"
            exit
        fi
        require_python_torch
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
