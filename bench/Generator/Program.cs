using System.Diagnostics;
using System.Globalization;
using Dsl;
using Dsl.Generator;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Reading;
using GeneratorBench;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Spectre.Console;

const int warmup = 200, edits = 300, layers = 50, models = 50, files = 1000;

// Cold: nothing of the generator is compiled to machine code yet; the C# compiler is, by a generator that does nothing.
var single = Project.Of([Project.Model("Deep", layers, 64)]);
Project.Driver(new EmptyGenerator()).RunGenerators(single);
single.GetDiagnostics();
long start = Stopwatch.GetTimestamp();
Project.Driver(new DslGenerator()).RunGenerators(single.Clone());
double cold = Stopwatch.GetElapsedTime(start).TotalMicroseconds;

// A project with errors would measure how these are reported.
if (Project.Driver(new DslGenerator()).RunGenerators(single).GetRunResult() is
    { Diagnostics: not [] } or { GeneratedTrees: [] }) throw new InvalidOperationException("the model does not compile");

var table = new Table { Border = TableBorder.Rounded };
foreach (string column in new[] { "what", "time", "allocated" })
    table.AddColumn(new TableColumn(column) { Alignment = column == "what" ? Justify.Left : Justify.Right });
table.AddRow($"a model of {layers} layers, cold", Time(cold), "");
Add($"the same after an edit of it, warm",
    Pair(single, single.SyntaxTrees[0], i => ($"Linear({(i % 2 == 0 ? 64 : 65)})", $"Linear({(i % 2 == 0 ? 65 : 64)})")));

// Of that, what is ours behind reading: check, differentiate, plan, write; and what any generator pays for text of this length.
var declaration = DeclarationReader.ReadModel(DeclarationFinder.Find(single, default)[0], single, default)!.Declaration;
var settings = new CompilerOptions(Backward.Explicit);
string source = Compiler.Compile(declaration, settings).Source!;
AddAlone("    of which the compiler", Measure.Repeated(() => Compiler.Compile(declaration, settings), warmup, edits));
AddAlone($"    of which Roslyn parses {source.Length / 1024} KB of generated text",
    Measure.Repeated(() => CSharpSyntaxTree.ParseText(source).GetRoot(), warmup, edits));

var project = Project.Of([.. Enumerable.Range(0, models).Select(i => Project.Model($"Net{i}", 8, 32)),
    .. Enumerable.Range(0, files - models).Select(Project.Other)]);
var other = project.SyntaxTrees[files - 10];
Add($"a key pressed in a method, {files} files, {models} models",
    Pair(project, other, i => ($"return y + {(i == 0 ? 3 : 1000 + i)}", $"return y + {1001 + i}")));
Add($"a member renamed elsewhere, {files} files, {models} models",
    Pair(project, other, i => (i == 0 ? "Method3" : $"Method{1000 + i}", $"Method{1001 + i}")));
Add($"a model edited, {files} files, {models} models",
    Pair(project, project.SyntaxTrees[7], i => ($"Linear({(i % 2 == 0 ? 32 : 33)})", $"Linear({(i % 2 == 0 ? 33 : 32)})")));

// What an editor asks beside: the analyzer, after the generator has run in the same process.
AddAlone("    and the analyzer, a key pressed in a method",
    Analyzed(project, other, i => ($"return y + {(i == 0 ? 3 : 1000 + i)}", $"return y + {1001 + i}")));
AddAlone("    and the analyzer, a model edited",
    Analyzed(project, project.SyntaxTrees[7], i => ($"Linear({(i % 2 == 0 ? 32 : 33)})", $"Linear({(i % 2 == 0 ? 33 : 32)})")));
AnsiConsole.MarkupLineInterpolated(
    $"Medians of {edits} edits, one run of the generator each, over a generator that does nothing");
AnsiConsole.Write(table);

void AddAlone(string what, Measure measure) => table.AddRow(what, Time(measure.Microseconds), Kilobytes(measure));

void Add(string what, (Measure Ours, Measure Floor) pair)
{
    var over = pair.Ours.Over(pair.Floor);
    table.AddRow(what, Time(over.Microseconds), Kilobytes(over));
}

static string Kilobytes(Measure measure) => string.Create(CultureInfo.InvariantCulture, $"{measure.Bytes / 1024:0.0} KB");

static (Measure Ours, Measure Floor) Pair(
    CSharpCompilation compilation, SyntaxTree edited, Func<int, (string Old, string New)> edit) => (
    Measure.Edits(Project.Driver(new DslGenerator()), After(compilation, edited, edit), warmup),
    Measure.Edits(Project.Driver(new EmptyGenerator()), After(compilation, edited, edit), warmup));

static Measure Analyzed(
    CSharpCompilation compilation, SyntaxTree edited, Func<int, (string Old, string New)> edit) =>
    Measure.Analyses(Project.Driver(new DslGenerator(), Project.InEditor), After(compilation, edited, edit), warmup);

static IEnumerable<Compilation> After(CSharpCompilation compilation, SyntaxTree edited, Func<int, (string Old, string New)> edit)
{
    for (int i = 0; i < warmup + edits; i++)
    {
        var (old, text) = edit(i);
        var next = Project.Edit(edited, old, text);
        compilation = compilation.ReplaceSyntaxTree(edited, next);
        edited = next;
        yield return compilation;
    }
}

static string Time(double microseconds) =>
    microseconds.ToString(microseconds < 100 ? "0.0" : "0", CultureInfo.InvariantCulture) + " µs";
