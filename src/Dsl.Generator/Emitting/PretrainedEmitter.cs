using System.Linq;
using Dsl.Generator.Fixes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>The method of a model that reads pretrained weights, by the names that are declared.</summary>
internal static class PretrainedEmitter
{
    /// <summary>The method.</summary>
    public const string Member = "LoadPretrained";

    public static void Write(CodeWriter code, NetworkProgram network)
    {
        if (network.Pretrained.Count == 0) return;
        string renames = string.Join(", ",
            network.Pretrained.Select(part => $"({BoundFixes.Quoted(part.From)}, {BoundFixes.Quoted(part.To)})"));
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
        code.Line($"    PretrainedWeights.Load(this, path, strict, {renames});");
    }
}
