# The NuGet package, and proofs that a stranger can use it.

# pack: artifacts/packages/Dsl.VERSION.nupkg.
pack() {
    rm -rf "$ARTIFACTS/packages"
    logged pack "The package cannot be made" \
        dotnet pack "$ROOT/src/Package/Package.csproj" --configuration Release --output "$ARTIFACTS/packages"
    say "Packed $(cd "$ARTIFACTS/packages" && echo Dsl.*.nupkg) into artifacts/packages"
}

# try_package: projects outside of the solution restore the package from that folder: one trains, one has TorchSharp of its own
# beside it, and those that make a mistake are told which.
try_package() {
    STRANGER=$ARTIFACTS/stranger
    rm -rf "$STRANGER"
    mkdir -p "$STRANGER"
    cp "$ROOT"/tests/Package/* "$STRANGER"
    local version libtorch
    version=$(basename "$ARTIFACTS"/packages/Dsl.*.nupkg .nupkg)
    libtorch=$(libtorch_package)
    STRANGER_SETTINGS=(-p:DslVersion="${version#Dsl.}" -p:RestorePackagesPath="$STRANGER/packages" --configuration Release)
    share_packages "${version#Dsl.}"

    logged stranger "A project outside of the repository cannot use the package" \
        stranger run -p:LibTorch="$libtorch"
    say "A project outside of the repository: $(tail -n 1 "$ARTIFACTS/logs/stranger.log")"
    logged own-torchsharp "A project outside of the repository cannot use the package beside TorchSharp" \
        stranger run -p:LibTorch="$libtorch" -p:OwnTorchSharp=true

    stranger_is_told mistake "A wrong declaration" 'Program.cs([0-9]*,[0-9]*): error DSL301:' \
        build -p:LibTorch="$libtorch" -p:Mistake=true
    stranger_is_told framework "A project for .NET 9" 'error NU1202: .* supports: net10.0' \
        build -p:LibTorch="$libtorch" -p:Framework=net9.0
    stranger_is_told no-libtorch "A project without libtorch" "dotnet add package $libtorch" run
    rm -rf "$STRANGER"
}

# stranger COMMAND SETTING...: builds or runs the project outside of the repository.
stranger() {
    local command=$1 project=()
    shift
    [ "$command" = build ] || project=(--project)
    dotnet "$command" "${project[@]}" "$STRANGER/Stranger.csproj" "${STRANGER_SETTINGS[@]}" "$@"
}

# stranger_is_told NAME WHAT PATTERN COMMAND SETTING...: what must fail, with words of a pattern.
stranger_is_told() {
    local log=$ARTIFACTS/logs/$1.log what=$2 pattern=$3
    shift 3
    if stranger "$@" >"$log" 2>&1; then
        fail "$what passes in a project outside of the repository: see ${log#"$ROOT"/}"
    fi
    grep -q "$pattern" "$log" || fail "$what is not told as such in a project outside of the repository: see ${log#"$ROOT"/}"
}

# share_packages VERSION: the 0.6 GB of libtorch are not unpacked once more, unless the machine's packages hold a Dsl of that
# version, which would be taken for the one that was just packed.
share_packages() {
    local packages
    packages=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
    [ -d "$packages/dsl/$1" ] || STRANGER_SETTINGS+=(-p:RestoreFallbackFolders="$packages")
}

# libtorch_package: the package with libtorch for this machine.
libtorch_package() {
    case $(uname -s) in
        Darwin) echo libtorch-cpu-osx-arm64 ;;
        MINGW* | MSYS*) echo libtorch-cpu-win-x64 ;;
        *) echo libtorch-cpu-linux-x64 ;;
    esac
}

# publish_native: samples/NativeAot as a native binary, which trains.
publish_native() {
    local output=$ARTIFACTS/native-aot framework settings
    framework=$(native_framework)
    settings=(--runtime linux-x64 -p:DslAot=true -p:DslFramework="$framework")
    rm -rf "$output"
    logged aot "samples/NativeAot cannot be published as a native binary for $framework" \
        dotnet publish "$ROOT/samples/NativeAot/NativeAot.csproj" --configuration Release "${settings[@]}" --output "$output"
    say "Published a native binary of $(du -h --apparent-size "$output/NativeAot" | cut -f 1) for $framework; it trains:"
    "$output/NativeAot" || fail "The native binary does not train as it should."
}

# native_framework: the newest framework whose native runtime can be restored here.
native_framework() {
    if dotnet restore "$ROOT/samples/NativeAot/NativeAot.csproj" --runtime linux-x64 -p:DslAot=true \
        -p:RestoreLockedMode=false -p:NuGetLockFilePath="$ARTIFACTS/native-aot.lock.json" >"$ARTIFACTS/logs/native-restore.log" 2>&1; then
        echo net10.0
    else
        say "The native runtime of .NET 10 cannot be restored here (artifacts/logs/native-restore.log): taking that of .NET 9"
        echo net9.0
    fi
}
