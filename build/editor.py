"""Drives a language server as an editor does, on a project of many models: findings while typing, fixes, hover, and the way
to generated code, with times. Then `dotnet format` makes a fix in a file, as an editor that loads fixes of packages does, and
`dotnet build` says each finding once.

    dotnet tool install --tool-path tools csharp-ls
    dotnet build Dsl.sln -c Release
    python3 build/editor.py tools/csharp-ls --models 50 --edits 30
"""
import argparse
import json
import os
import pathlib
import queue
import statistics
import subprocess
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
MODEL = """
[Model(1, 28, 28), Conv2d({width}, 3), ReLU, MaxPool2d(2), Flatten, Linear(64), ReLU, Linear(10)]
public partial class Net{i};

[Trainer<Net{i}>, CrossEntropy, Adam(1e-3), Epochs(5)]
public partial class Net{i}Trainer;
"""
PROGRAM = """using Dsl;

[Model(4), Linear(16), ReLU, Linear(3)]
public partial class Flower;

static class Use
{
    static void Run(TorchSharp.torch.Tensor x)
    {
        using var net = new Flower();
        var y = net.forward(x);
    }
}
"""


class Server:
    def __init__(self, command, folder):
        self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=open(os.path.join(folder, "server.log"), "w"))
        self.answers, self.pushed, self.number = {}, queue.Queue(), 0
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        stream = self.process.stdout
        while True:
            length = 0
            while True:
                line = stream.readline()
                if not line:
                    return
                if line.lower().startswith(b"content-length"):
                    length = int(line.split(b":")[1])
                if line == b"\r\n":
                    break
            message = json.loads(stream.read(length))
            if "method" in message and "id" in message:
                result = None
                if message["method"] == "workspace/configuration":
                    # Neither is the server's default: analyzers, and generated files.
                    result = [{"analyzersEnabled": True, "useMetadataUris": True} for _ in message["params"]["items"]]
                self.write({"jsonrpc": "2.0", "id": message["id"], "result": result})
            elif "method" in message:
                self.pushed.put(message)
            else:
                self.answers[message["id"]].put(message)

    def write(self, message):
        body = json.dumps(message).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, **params):
        self.write({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method, timeout=120, **params):
        self.number += 1
        self.answers[self.number] = queue.Queue()
        self.write({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params})
        answer = self.answers[self.number].get(timeout=timeout)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]


def project(folder, models):
    """A project that has of this repository what a package would bring."""
    (folder / "Editor.csproj").write_text(f"""<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable>
    <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally></PropertyGroup>
  <ItemGroup>
    <Analyzer Include="{ROOT}/src/Dsl.Generator/bin/Release/netstandard2.0/Dsl.Generator.dll" />
    <Analyzer Include="{ROOT}/src/Dsl.CodeFixes/bin/Release/netstandard2.0/Dsl.CodeFixes.dll" />
    <Reference Include="{ROOT}/src/Dsl.Attributes/bin/Release/netstandard2.0/Dsl.Attributes.dll" />
    <Reference Include="{ROOT}/src/Runtime/bin/Release/net10.0/Dsl.Runtime.dll" />
    <PackageReference Include="TorchSharp" Version="0.107.0" />
  </ItemGroup>
  <Import Project="{ROOT}/src/Package/build/Dsl.props" />
  <Import Project="{ROOT}/src/Package/build/Dsl.Editor.targets" />
</Project>
""")
    (folder / "Models.cs").write_text("using Dsl;\n" + "".join(MODEL.format(i=i, width=8 + i) for i in range(models)))
    (folder / "Program.cs").write_text(PROGRAM)


def place(text, part, offset=0):
    at = text.index(part) + offset
    return {"line": text.count("\n", 0, at), "character": at - (text.rfind("\n", 0, at) + 1)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("server")
    parser.add_argument("--models", type=int, default=50)
    parser.add_argument("--edits", type=int, default=30)
    options = parser.parse_args()
    folder = pathlib.Path(tempfile.mkdtemp(prefix="dsl-editor-"))
    project(folder, options.models)
    subprocess.run(["dotnet", "restore", "-v", "q"], cwd=folder, check=True)
    server = Server([options.server], folder)
    started = time.monotonic()
    server.ask("initialize", processId=os.getpid(), rootUri=folder.as_uri(), capabilities={
        "textDocument": {"diagnostic": {}, "hover": {"contentFormat": ["markdown"]}, "definition": {},
                         "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}},
                                        "resolveSupport": {"properties": ["edit"]}, "dataSupport": True}},
        "workspace": {"configuration": True}})
    server.tell("initialized")
    uri, text, version = (folder / "Program.cs").as_uri(), PROGRAM, 1
    server.tell("textDocument/didOpen",
                textDocument={"uri": uri, "languageId": "csharp", "version": 1, "text": text})
    document = {"uri": uri}

    def diagnostics():
        return server.ask("textDocument/diagnostic", textDocument=document)["items"]

    # The server answers at once, with nothing, until it has read the project.
    while not server.ask("textDocument/hover", textDocument=document, position=place(PROGRAM, "net.forward", 5)):
        time.sleep(0.1)
    found = diagnostics()
    print(f"first diagnostics of {options.models} models and trainers: {time.monotonic() - started:.1f} s, "
          f"{[one['code'] for one in found if one.get('severity', 1) == 1]}")

    def change(new):
        nonlocal text, version
        text, version = new, version + 1
        server.tell("textDocument/didChange", textDocument={"uri": uri, "version": version},
                    contentChanges=[{"text": new}])

    # A mistake, what is said of it and what is offered; then it is put right.
    for wrong, asked in ((PROGRAM.replace("Linear(16), ReLU, ", "Linear(16), MaxPool2d(2), "), []),
                         (PROGRAM.replace("Linear(16)", "Linear(0)"), ["DSL105"]),
                         (PROGRAM.replace("ReLU, Linear(3)", "Relu, Linear(3)"), [])):
        change(wrong)
        begun = time.monotonic()
        found = [one for one in diagnostics() if str(one["code"]).startswith("DSL")]
        assert found and (not asked or [one["code"] for one in found] == asked), found
        for one in found:
            print(f"  {one['code']}: {one['message']} ({1000 * (time.monotonic() - begun):.0f} ms)")
            actions = server.ask("textDocument/codeAction", textDocument=document, range=one["range"],
                                 context={"diagnostics": [one], "only": ["quickfix"]}) or []
            print(f"    the server's own fixes: {[action['title'] for action in actions]}")
        change(PROGRAM)
        assert not [one for one in diagnostics() if str(one["code"]).startswith("DSL")]
    hover = server.ask("textDocument/hover", textDocument=document, position=place(PROGRAM, "net.forward", 5))
    print(f"hover of net.forward: {json.dumps(hover)[:300]}")
    hover = server.ask("textDocument/hover", textDocument=document, position=place(PROGRAM, "Linear(16)"))
    print(f"hover of Linear: {json.dumps(hover)[:300]}")
    target = server.ask("textDocument/definition", textDocument=document, position=place(PROGRAM, "net.forward", 5))
    print(f"definition of net.forward: {json.dumps(target)[:300]}")
    for one in target or []:
        generated = server.ask("csharp/metadata", timeout=120, textDocument={"uri": one["uri"]})
        line = generated["source"].splitlines()[one["range"]["start"]["line"]]
        print(f"  which is: {line.strip()}")

    # Typing: a key inside of a method, and a number of a layer.
    for what, edit in (("a key inside of a method", lambda i: PROGRAM.replace("var y", f"var y{i}")),
                       ("another width of a layer", lambda i: PROGRAM.replace("Linear(16)", f"Linear({17 + i})"))):
        times = []
        for i in range(options.edits):
            change(edit(i))
            begun = time.monotonic()
            found = diagnostics()
            times.append(1000 * (time.monotonic() - begun))
            wrong = [one for one in found if one.get("severity", 1) == 1]
            assert not wrong, wrong
        times.sort()
        slow = times[int(0.9 * len(times))]
        print(f"{what}: diagnostics after {statistics.median(times):.0f} ms, 9 of 10 within {slow:.0f} ms")
    server.ask("shutdown")
    server.tell("exit")
    on_the_command_line(folder)


def on_the_command_line(folder):
    """What `dotnet format` puts right with the package's fixes, and what a build says of what is left."""
    wrong = PROGRAM.replace("public partial class Flower", "public class Flower").replace("Linear(3)", "Linear(-3)")
    (folder / "Program.cs").write_text(wrong)
    begun = time.monotonic()
    subprocess.run(["dotnet", "format", "analyzers", "--no-restore", "--diagnostics", "DSL101", "--severity", "error"],
                   cwd=folder, check=True)
    text = (folder / "Program.cs").read_text()
    assert text == wrong.replace("public class Flower", "public partial class Flower"), text
    print(f"dotnet format made the class partial: {time.monotonic() - begun:.1f} s")
    build = subprocess.run(["dotnet", "build", "--no-restore", "-v", "m", "-tl:off", "-clp:NoSummary"], cwd=folder, text=True,
                           stdout=subprocess.PIPE)

    # A summary says once more what was said where it happened.
    said = sorted({line.strip() for line in build.stdout.splitlines() if "error DSL" in line})
    assert build.returncode != 0 and len(said) == 1 and "DSL105" in said[0], build.stdout
    print(f"dotnet build: {said[0].split(': ', 1)[1].split(' [')[0]}")


main()
