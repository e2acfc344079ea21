using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>The method of a model that puts low-rank updates into the weights that they are added to.</summary>
internal static class MergeEmitter
{
    public static void Write(CodeWriter code, NetworkProgram network)
    {
        if (network.LowRankUpdates.Count == 0) return;
        code.Line();
        code.Summary(
            "Puts the sum of each frozen weight and its low-rank update in the weight's place, and zeros in that of the update: "
            + "the outputs stay, up to rounding, and the weights are those of a network without updates.");
        code.Line("/// <returns>What undoes it when it is disposed: every number is what it was, to the last bit.</returns>");
        code.Line("public MergedWeights Merge() => new(this,");
        for (int i = 0; i < network.LowRankUpdates.Count; i++)
        {
            var update = network.LowRankUpdates[i];
            string names = $"{BoundFixes.Quoted(update.Weight)}, {BoundFixes.Quoted(update.Left)}, "
                + BoundFixes.Quoted(update.Right);
            string end = i + 1 < network.LowRankUpdates.Count ? "," : ");";
            code.Line($"    ({names}, {Scalar.Literal(update.Scale)}, {update.Row}){end}");
        }
    }
}
