# The NuGet package, and proofs that a stranger can use it.

# pack: artifacts/packages/Dsl.VERSION.nupkg.
pack() {
    rm -rf "$ARTIFACTS/packages"
    logged pack "The package cannot be made" \
        dotnet pack "$ROOT/src/Package/Package.csproj" --configuration Release --output "$ARTIFACTS/packages"
    say "Packed $(cd "$ARTIFACTS/packages" && echo Dsl.*.nupkg) into artifacts/packages"
}

# try_package: a project outside of the solution restores the package from that folder, trains, and is told of a mistake.
try_package() {
    local stranger=$ARTIFACTS/stranger version
    version=$(basename "$ARTIFACTS"/packages/Dsl.*.nupkg .nupkg)
    version=${version#Dsl.}
    rm -rf "$stranger"
    mkdir -p "$stranger"
    cp "$ROOT"/tests/Package/* "$stranger"
    # The same version of another day must not come out of a cache.
    local settings=(-p:DslVersion="$version" -p:RestorePackagesPath="$stranger/packages" --configuration Release)
    logged stranger "A project outside of the repository cannot use the package" \
        dotnet run --project "$stranger/Stranger.csproj" "${settings[@]}"
    say "A project outside of the repository: $(tail -n 1 "$ARTIFACTS/logs/stranger.log")"
    if dotnet build "$stranger/Stranger.csproj" "${settings[@]}" -p:Mistake=true >"$ARTIFACTS/logs/mistake.log" 2>&1; then
        fail "A wrong declaration compiles in a project outside of the repository: see artifacts/logs/mistake.log"
    fi
    grep -q 'Program.cs([0-9]*,[0-9]*): error DSL301:' "$ARTIFACTS/logs/mistake.log" \
        || fail "A wrong declaration is not reported in a project outside of the repository: see artifacts/logs/mistake.log"
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
