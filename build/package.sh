# The NuGet package, and proofs that a stranger can use it.

# pack: artifacts/packages/Dsl.VERSION.nupkg and those beside it: Dsl.Parquet, Dsl.MLNet, Dsl.Onnx, Dsl.Tokenizers,
# Dsl.Templates, Dsl.Tool.
pack() {
    rm -rf "$ARTIFACTS/packages" "$ARTIFACTS/sbom"
    logged tools "The tools of this repository cannot be restored" \
        dotnet tool restore --tool-manifest "$ROOT/.config/dotnet-tools.json"
    local project
    for project in src/Package/Package src/Dsl.Parquet/Dsl.Parquet src/Dsl.MLNet/Dsl.MLNet src/Dsl.Onnx/Dsl.Onnx \
        src/Dsl.Tokenizers/Dsl.Tokenizers src/Templates/Templates tools/Dsl.Tool/Dsl.Tool; do
        pack_project "$project.csproj"
    done
    say "Packed $(cd "$ARTIFACTS/packages" && echo Dsl.*.nupkg) into artifacts/packages"
}

# pack_project PROJECT: one of them, with its bill of materials.
pack_project() {
    local name bill
    name=$(basename "$1" .csproj)
    logged "pack-$name" "$name cannot be restored" dotnet restore "$ROOT/$1"
    logged "sbom-$name" "The bill of materials of $name cannot be made" bill_of_materials "$1" "$name"
    bill=$ARTIFACTS/sbom/$name/bom.cdx.json
    # The same sources make the same file.
    sed -i '/"timestamp":/d' "$bill"
    DSL_BILL_OF_MATERIALS=$bill logged "pack-$name" "The package of $name cannot be made" \
        dotnet pack "$ROOT/$1" --configuration Release --output "$ARTIFACTS/packages"
}

bill_of_materials() {
    (cd "$ROOT" && dotnet dotnet-CycloneDX "$1" --output "$ARTIFACTS/sbom/$2" --filename bom.cdx.json --output-format Json \
        --no-serial-number --disable-package-restore --set-name "$2" --set-type Library)
}

# try_package: projects outside of the solution restore the package from that folder: one trains, one has TorchSharp of its own
# beside it, and those that make a mistake are told which.
try_package() {
    STRANGER=$ARTIFACTS/stranger
    rm -rf "$STRANGER"
    mkdir -p "$STRANGER"
    cp -r "$ROOT"/tests/Package/. "$STRANGER"
    local version libtorch
    version=$(basename "$ARTIFACTS"/packages/Dsl.[0-9]*.nupkg .nupkg)
    libtorch=libtorch-cpu-$(runtime_identifier)
    STRANGER_SETTINGS=(-p:DslVersion="${version#Dsl.}" -p:RestorePackagesPath="$STRANGER/packages" --configuration Release)
    share_packages "${version#Dsl.}"

    logged stranger "A project outside of the repository cannot use the package" \
        stranger run -p:LibTorch="$libtorch"
    say "A project outside of the repository: $(tail -n 1 "$ARTIFACTS/logs/stranger.log")"
    logged own-torchsharp "A project outside of the repository cannot use the package beside TorchSharp" \
        stranger run -p:LibTorch="$libtorch" -p:OwnTorchSharp=true

    logged companions "A project outside of the repository cannot use the packages beside Dsl" \
        stranger run -p:LibTorch="$libtorch" -p:Companions=true
    say "Dsl.Parquet, Dsl.MLNet, Dsl.Onnx and Dsl.Tokenizers beside it: $(tail -n 1 "$ARTIFACTS/logs/companions.log")"

    check_contents dsl dsl.parquet dsl.mlnet dsl.onnx dsl.tokenizers

    # A solution with central versions: a library without nullable annotations, and a program in F# that trains its models.
    logged central "A program in F# cannot use a library of models" \
        dotnet run --project "$STRANGER/Central/Program/Program.fsproj" "${STRANGER_SETTINGS[@]}" -p:LibTorch="$libtorch"
    say "A program in F#, of a library of models: $(tail -n 1 "$ARTIFACTS/logs/central.log")"
    try_one_file "${version#Dsl.}" "$libtorch"

    stranger_is_told mistake "A wrong declaration" 'Program.cs([0-9]*,[0-9]*): error DSL301:' \
        build -p:LibTorch="$libtorch" -p:Mistake=true
    # In a design-time build the analyzer reports what in a build the generator does. Either says it once.
    stranger_is_told mistake-in-editor "A wrong declaration in an editor" 'Program.cs([0-9]*,[0-9]*): error DSL301:' \
        build -p:LibTorch="$libtorch" -p:Mistake=true -p:DesignTimeBuild=true
    is_said_once mistake DSL301
    is_said_once mistake-in-editor DSL301
    stranger_is_told framework "A project for .NET 9" 'error NU1202: .* supports: net10.0' \
        build -p:LibTorch="$libtorch" -p:Framework=net9.0
    stranger_is_told no-libtorch "A project without libtorch" "dotnet add package $libtorch" run
    try_templates "${version#Dsl.}" "$libtorch"
    try_tool "${version#Dsl.}"
    try_tutorial
    rm -rf "$STRANGER"
}

# check_contents PACKAGE...: what a feed shows of a package, and what its user is owed, as NuGet unpacked it.
check_contents() {
    local package part
    for package in "$@"; do
        for part in PACKAGE.md icon.png sbom/bom.cdx.json; do
            ls "$STRANGER/packages/$package"/*/$part >/dev/null 2>&1 || fail "The package $package has no $part."
        done
        grep -q '<license type="expression">MIT' "$STRANGER/packages/$package"/*/*.nuspec || fail "The package $package has no licence."
    done
}

# try_one_file VERSION LIBTORCH: a program of one file, whose packages stand in its first lines. It has no settings but the
# environment's.
try_one_file() {
    local file=$STRANGER/OneFile/app.cs
    sed -i "s/^#:package Dsl@.*/#:package Dsl@$1/; s/^#:package libtorch-[^@]*/#:package $2/" "$file"
    logged one-file "dotnet run app.cs cannot use the package" run_one_file "$file"
    say "dotnet run app.cs: $(tail -n 1 "$ARTIFACTS/logs/one-file.log")"
}

run_one_file() {
    (
        export NUGET_PACKAGES=$STRANGER/packages
        [ -z "${SHARED_PACKAGES:-}" ] || export NUGET_FALLBACK_PACKAGES=$SHARED_PACKAGES
        cd "$(dirname "$1")" && dotnet run "$(basename "$1")"
    )
}

# try_templates VERSION LIBTORCH: what `dotnet new` makes builds, trains, and predicts in a second process.
try_templates() {
    local hive=$STRANGER/hive name project
    logged templates "The templates cannot be installed" \
        dotnet new install "$ARTIFACTS/packages/Dsl.Templates.$1.nupkg" --debug:custom-hive "$hive"
    for name in dsl-table dsl-classifier; do
        project=$STRANGER/new/$name
        logged "$name" "dotnet new $name does not make a project" \
            dotnet new "$name" --name Fresh --output "$project" --libtorch "$2" --debug:custom-hive "$hive"
        logged "$name" "The project of dotnet new $name does not train" \
            run_template "$project"
        say "dotnet new $name, dotnet run: $(tail -n 1 "$ARTIFACTS/logs/$name.log")"
    done
    project=$STRANGER/new/dsl-images
    logged dsl-images "dotnet new dsl-images does not make a project" \
        dotnet new dsl-images --name Fresh --output "$project" --libtorch "$2" --debug:custom-hive "$hive"
    logged dsl-images "The project of dotnet new dsl-images does not draw" run_template "$project" -- draw drawings
    logged dsl-images "The project of dotnet new dsl-images does not train" run_template "$project" -- train drawings shapes.safetensors
    say "dotnet new dsl-images, dotnet run -- train: $(tail -n 1 "$ARTIFACTS/logs/dsl-images.log")"
    logged dsl-table-predict "The project of dotnet new dsl-table does not predict" run_template "$STRANGER/new/dsl-table" -- predict
    say "dotnet run -- predict: $(tail -n 1 "$ARTIFACTS/logs/dsl-table-predict.log")"
}

# try_tool VERSION: the command `dsl`, installed as a tool, shows the project that a template made, and times its steps.
try_tool() {
    local dsl=$STRANGER/tools/dsl
    logged tool "The tool cannot be installed" dotnet tool install Dsl.Tool --version "$1" --tool-path "$STRANGER/tools" \
        --configfile "$STRANGER/nuget.config"
    logged tool "dsl inspect does not show a project" "$dsl" inspect "$STRANGER/new/dsl-classifier" --no-build
    say "dsl inspect, as a tool: $(grep -m 1 -o 'total.*' "$ARTIFACTS/logs/tool.log" | tr -s ' │')"
    logged tool-bench "dsl bench does not time a project" "$dsl" bench "$STRANGER/new/dsl-classifier" --no-build --seconds 0.5
    say "dsl bench, as a tool: $(grep -m 1 explicit "$ARTIFACTS/logs/tool-bench.log" | tr -s ' │')"
}

# run_template FOLDER ARGUMENT...: runs a project in its own folder, where it saves what it saves.
run_template() {
    (cd "$1" && shift && dotnet run "${STRANGER_SETTINGS[@]}" "$@")
}

# stranger COMMAND SETTING...: builds or runs the project outside of the repository.
stranger() {
    local command=$1 project=()
    shift
    [ "$command" = build ] || project=(--project)
    dotnet "$command" "${project[@]}" "$STRANGER/Stranger/Stranger.csproj" "${STRANGER_SETTINGS[@]}" "$@"
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

# is_said_once NAME ID: how often a build said a diagnostic, before its summary repeats it.
is_said_once() {
    local log=$ARTIFACTS/logs/$1.log times
    times=$(sed '/^Build FAILED/,$d' "$log" | grep -c "error $2:" || true)
    [ "$times" -eq 1 ] || fail "$2 is said $times times, not once: see ${log#"$ROOT"/}"
}

# share_packages VERSION: the 0.6 GB of libtorch are not unpacked once more, unless the machine's packages hold a Dsl of that
# version, which would be taken for the one that was just packed. SHARED_PACKAGES is their folder, or empty.
share_packages() {
    local packages
    packages=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
    SHARED_PACKAGES=
    [ -d "$packages/dsl/$1" ] || SHARED_PACKAGES=$packages
    [ -z "$SHARED_PACKAGES" ] || STRANGER_SETTINGS+=(-p:RestoreFallbackFolders="$SHARED_PACKAGES")
}

# try_native: publish_native where this machine can link a binary.
try_native() {
    if has_linker; then
        publish_native
    else
        say "Leaving out the native binary: neither clang nor gcc is there to link it"
    fi
}

# publish_native: samples/NativeAot as a native binary, which trains.
publish_native() {
    local output=$ARTIFACTS/native-aot sample=$ROOT/samples/NativeAot runtime foreign
    has_linker || fail "A native binary needs a linker, and there is neither clang nor gcc: install one of them, then try again."
    runtime=$(runtime_identifier)
    # What is compiled already would not be warned of again.
    rm -rf "$output" "$sample/obj/Release/net10.0/$runtime/native"
    logged aot "samples/NativeAot cannot be published as a native binary" \
        dotnet publish "$sample/NativeAot.csproj" --configuration Release --runtime "$runtime" -p:DslAot=true --output "$output"
    foreign=$(awk '/warning IL/ && !/warning IL[0-9]+: TorchSharp\./' "$ARTIFACTS/logs/aot.log" | sort -u)
    [ -z "$foreign" ] || fail "The native compiler warns of code that is not TorchSharp's: $foreign"
    say "Published a native binary of $(du -h --apparent-size "$output/NativeAot" | cut -f 1); it trains:"
    "$output/NativeAot" || fail "The native binary does not train as it should."
}

has_linker() {
    command -v clang >/dev/null || command -v gcc >/dev/null
}

# runtime_identifier: .NET's name for this machine, as packages with natives have it.
runtime_identifier() {
    case $(uname -s) in
        Darwin) echo osx-arm64 ;;
        MINGW* | MSYS*) echo win-x64 ;;
        *) echo linux-x64 ;;
    esac
}
