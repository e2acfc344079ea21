# What the benchmark needs besides the solution: a Python with torch, to compare with.

require_python_torch() {
    local candidate
    for candidate in ${DSL_PYTHON:+"$DSL_PYTHON"} python3 /usr/bin/python3; do
        if has_torch "$candidate"; then
            export DSL_PYTHON=$candidate
            return
        fi
    done
    [ -z "${DSL_PYTHON:-}" ] || fail "DSL_PYTHON is '$DSL_PYTHON', which cannot import torch: give a Python that can."
    install_packages "PyTorch, to compare with" python3-torch
    export DSL_PYTHON=/usr/bin/python3
    has_torch "$DSL_PYTHON" || fail "$DSL_PYTHON cannot import torch: set DSL_PYTHON to a Python that can."
}

has_torch() {
    "$1" -c 'import torch' >/dev/null 2>&1
}
