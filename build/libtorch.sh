# libtorch: which one, and the native part that opens it.

# choose_torch: decides between the TorchSharp package and the system's libtorch, and has MSBuild know it (DslTorch).
choose_torch() {
    local answer=$ARTIFACTS/torch-flavour
    case ${DSL_TORCH:-} in
        system | package)
            DslTorch=$DSL_TORCH
            ;;
        '')
            [ -f "$answer" ] || probe_package "$answer"
            DslTorch=$(cat "$answer")
            ;;
        *)
            fail "DSL_TORCH is '$DSL_TORCH': set it to 'system' or 'package', or leave it out."
            ;;
    esac
    export DslTorch
    if [ "$DslTorch" = package ]; then
        find_package_libtorch
    fi
    if ! has_shim; then
        # The package has no headers, without which the shim cannot be built: no explicit backward.
        export DslBackward=${DslBackward:-autograd}
        say "Using the TorchSharp package, gradients by autograd (CMAKE_PREFIX_PATH with its libtorch allows explicit ones)"
    fi
}

# find_package_libtorch: the TorchSharp package comes without libtorch; where a prefix holds one, it is to be found there.
find_package_libtorch() {
    local libraries=${CMAKE_PREFIX_PATH:-}/lib
    if [ -e "$libraries/libtorch_cpu.so" ] && [[ :${LD_LIBRARY_PATH:-}: != *:"$libraries":* ]]; then
        export LD_LIBRARY_PATH=$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    fi
}

# probe_package FILE: tries the TorchSharp package in a program of one line, and writes the flavour to FILE. A package that
# restores may still be no use here: libtorch itself comes in others.
probe_package() {
    local probe=$ARTIFACTS/probe
    say "Looking for the TorchSharp package"
    mkdir -p "$probe"
    cat >"$probe/Probe.csproj" <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <RestorePackagesWithLockFile>false</RestorePackagesWithLockFile>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="TorchSharp" />
  </ItemGroup>
</Project>
XML
    echo 'return (int)TorchSharp.torch.zeros(1).sum().item<float>();' >"$probe/Probe.cs"
    if ! dotnet restore "$probe/Probe.csproj" >"$probe/probe.log" 2>&1; then
        say "The TorchSharp package cannot be restored here: using the system's libtorch (delete ${1#"$ROOT"/} to look again)"
        echo system >"$1"
    elif ! (find_package_libtorch && dotnet run --project "$probe/Probe.csproj") >>"$probe/probe.log" 2>&1; then
        say "The TorchSharp package finds no libtorch here: using the system's libtorch (delete ${1#"$ROOT"/} to look again)"
        echo system >"$1"
    else
        echo package >"$1"
    fi
}

# has_shim: whether the native part is to be had; the TorchSharp package alone does without it.
has_shim() {
    [ "$DslTorch" = system ] || [ -n "${CMAKE_PREFIX_PATH:-}" ]
}

# build_shim: the native part, against the libtorch that was chosen.
build_shim() {
    local native=$ARTIFACTS/native prefix=${CMAKE_PREFIX_PATH:-}
    has_shim || return 0
    [ "$DslTorch" = system ] || native=$ARTIFACTS/native-package
    require_compiler
    [ -n "$prefix" ] || require_system_libtorch
    # CMake remembers the libtorch that it found first.
    if [ -d "$native" ] && [ "$(cat "$native/prefix" 2>/dev/null)" != "$prefix" ]; then
        rm -rf "$native"
    fi
    say "Building the native part (${native#"$ROOT"/})"
    mkdir -p "$native"
    logged cmake "CMake found no usable libtorch: install libtorch-dev, or set CMAKE_PREFIX_PATH to a libtorch" \
        cmake -S "$ROOT/src/Torch.Native" -B "$native" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo
    printf '%s' "$prefix" >"$native/prefix"
    logged native "The native part does not compile against this libtorch (1.13 to 2.x are expected)" \
        cmake --build "$native"
}

require_compiler() {
    local missing=()
    command -v c++ >/dev/null || missing+=(g++)
    command -v cmake >/dev/null || missing+=(cmake)
    command -v ninja >/dev/null || missing+=(ninja-build)
    [ ${#missing[@]} -eq 0 ] || fail "The C++ toolchain is missing: install ${missing[*]}, then try again."
}

require_system_libtorch() {
    [ -e /usr/include/torch ] \
        || fail "libtorch is missing: install libtorch-dev and libopenblas0-openmp, or set CMAKE_PREFIX_PATH to one."
    choose_blas libblas.so.3
    choose_blas liblapack.so.3
}

# choose_blas NAME: Debian's default BLAS makes a training step 8 times slower, and the pthread variant of OpenBLAS ignores
# libtorch's number of threads. What an administrator chose stays; what Debian chose is replaced for what ./dsl runs only.
choose_blas() {
    local link status current folder
    link=$(update-alternatives --get-selections | awk -v name="$1" 'index($1, name "-") == 1 { print $1 }')
    [ -n "$link" ] || return 0
    status=$(update-alternatives --query "$link" | sed -n 's/^Status: //p')
    current=$(update-alternatives --query "$link" | sed -n 's/^Value: //p')
    folder=$(update-alternatives --list "$link" | grep -m 1 openblas-openmp) || true
    folder=${folder%/*}
    case $status:$current in
        *:*/openblas-openmp/*) ;;
        manual:*)
            say "$1 was set to $current by hand: it stays. Training is fastest with openblas-openmp: 'update-alternatives --config $link'"
            ;;
        *)
            if [ -n "$folder" ] && [[ :${LD_LIBRARY_PATH:-}: != *:"$folder":* ]]; then
                say "Using $folder in place of $current for what this command runs"
                export LD_LIBRARY_PATH=$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
            fi
            ;;
    esac
}
