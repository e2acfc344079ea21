#!/usr/bin/env bash
# Fuzzes a reader of files, guided by which of our branches are taken: AFL++ (the package afl++ of Debian) with SharpFuzz.
#   tools/Fuzz/afl.sh TARGET SECONDS
# What was found lies in artifacts/fuzz/TARGET; a file that crashed can be read by: dotnet run --project tools/Fuzz -- run TARGET FILE
set -euo pipefail
target=$1
seconds=$2
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
command -v afl-fuzz >/dev/null || { echo "afl-fuzz is missing: install afl++." >&2; exit 2; }
artifacts=$root/artifacts/fuzz
mkdir -p "$artifacts"
if [ ! -x "$artifacts/tool/sharpfuzz" ]; then
    dotnet tool install --tool-path "$artifacts/tool" --version 2.3.0 SharpFuzz.CommandLine
fi
if [ ! -d "$artifacts/program" ]; then
    dotnet publish "$root/tools/Fuzz" --configuration Release --output "$artifacts/program" --nologo
    # What reads files, and nothing that runs before the program does: there is no memory for the counts of branches then.
    "$artifacts/tool/sharpfuzz" "$artifacts/program/Dsl.Runtime.dll" Dsl.Runtime.{Safetensors,Checkpoint,Saved,FileChecksum} \
        Dsl.Runtime.{ModelFile,Idx,Gzip,DataFile,Table,Csv,Image,Annotated,Word,Crc32,Imput,Categor,Json}
fi
rm -rf "${artifacts:?}/$target"
# A run of .NET has no core file to wait for, needs more than AFL's memory, and is compiled while it runs.
export AFL_SKIP_BIN_CHECK=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1
export AFL_FORKSRV_INIT_TMOUT=60000 DOTNET_TieredPGO=0 OMP_NUM_THREADS=1
timeout --preserve-status --signal INT "$((seconds + 60))" \
    afl-fuzz -V "$seconds" -t 10000 -m none -i "$root/tools/Fuzz/Corpus/$target" -o "$artifacts/$target" -- \
    "$artifacts/program/Fuzz" afl "$target" >"$artifacts/$target.log" 2>&1 || { tail -20 "$artifacts/$target.log" >&2; exit 1; }
grep -E "^(execs_done|execs_per_sec|corpus_count|saved_crashes|saved_hangs|bitmap_cvg)" "$artifacts/$target/default/fuzzer_stats"
