using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Fixes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>The method of a model that reads pretrained weights, by the names that are declared.</summary>
internal static class PretrainedEmitter
{
    /// <summary>The method.</summary>
    public const string Member = "LoadPretrained";

    // Of renames in one line.
    private const int Width = 80;

    public static void Write(CodeWriter code, NetworkProgram network)
    {
        if (network.Pretrained.Count == 0) return;
        code.Line();
        code.Summary("Fills parameters and buffers from a safetensors file, by the names that the declaration gives its parts "
            + "there.");
        code.Line("/// <param name=\"path\">The file.</param>");
        code.Line("/// <param name=\"strict\">Whether the file must hold every tensor of the model, in its shape, and no "
            + "other.</param>");
        code.Line("/// <returns>What was loaded and what was not.</returns>");
        code.Line("/// <exception cref=\"global::System.IO.InvalidDataException\">The file is damaged or does not fit; the "
            + "message lists what.</exception>");
        code.Line($"public LoadedWeights {Member}(string path, bool strict = true) =>");
        if (network.Pretrained.All(part => part.IsPlain)) Rename(code, network);
        else Describe(code, network);
    }

    private static void Rename(CodeWriter code, NetworkProgram network)
    {
        var renames = network.Pretrained.Select(part => $"({Quoted(part.From)}, {Quoted(part.To!)})").ToList();
        string line = string.Join(", ", renames);
        if (line.Length < Width)
        {
            code.Line($"    PretrainedWeights.Load(this, path, strict, {line});");
            return;
        }

        code.Line("    PretrainedWeights.Load(");
        code.Line("        this, path, strict,");
        for (int i = 0; i < renames.Count; i++) code.Line($"        {renames[i]}{(i < renames.Count - 1 ? "," : ");")}");
    }

    private static void Describe(CodeWriter code, NetworkProgram network)
    {
        code.Line("    PretrainedWeights.Load(this, path, strict, new PretrainedPart[]");
        code.Line("    {");
        foreach (var part in network.Pretrained) Describe(code, part);
        code.Line("    });");
    }

    private static void Describe(CodeWriter code, PretrainedPart part)
    {
        string names = $"new({Quoted(part.From)}, {(part.To is null ? "null" : Quoted(part.To))})";
        var more = new List<string>();
        if (part.Transposed) more.Add("Transposed = true");
        if (part.Parts > 1) more.Add($"Part = {Number(part.Part)}, Parts = {Number(part.Parts)}");
        if (part.Joined.Count == 0)
        {
            code.Line($"        {names}{(more.Count == 0 ? "" : $" {{ {string.Join(", ", more)} }}")},");
            return;
        }

        code.Line($"        {names}");
        code.Line("        {");
        foreach (string setting in more) code.Line($"            {setting},");
        code.Line("            Joined = new[]");
        code.Line("            {");
        foreach (string name in part.Joined) code.Line($"                {Quoted(name)},");
        code.Line("            },");
        code.Line("        },");
    }

    private static string Quoted(string text) => BoundFixes.Quoted(text);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
