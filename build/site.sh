# The documentation as a site with search: the pages, and a reference out of the documentation of the public members.

# build_site: artifacts/site/index.html. The generator takes links that stay below its own folder, and so it gets one with
# everything in the places that it has in the repository.
build_site() {
    local source=$ARTIFACTS/site-source
    build_quietly src/Runtime/Runtime.csproj
    rm -rf "$ARTIFACTS/site" "$source"
    mkdir -p "$source/assemblies"
    cp -r "$ROOT"/{README,CHANGELOG,SECURITY}.md "$ROOT"/docs "$ROOT"/docs/site/* "$ROOT"/build/icon.* "$source"
    cp "$ROOT"/src/Runtime/bin/Release/net10.0/Dsl.* "$source/assemblies"
    logged tools "The tools of this repository cannot be restored" \
        dotnet tool restore --tool-manifest "$ROOT/.config/dotnet-tools.json"
    logged site "The reference cannot be made" docfx metadata
    logged site "The site cannot be made" docfx build
    ln -sf README.html "$ARTIFACTS/site/index.html"
    say "artifacts/site has $(find "$ARTIFACTS/site" -name '*.html' | wc -l) pages; show it by: dotnet docfx serve artifacts/site"
}

docfx() {
    (cd "$ROOT" && dotnet docfx "$1" "$ARTIFACTS/site-source/docfx.json")
}
