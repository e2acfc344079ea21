using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Passes;

/// <summary>Which parts of a descent read samples of a batch together, so that a part of the batch gives them something
/// else.</summary>
internal static class SharedRows
{
    /// <summary>The techniques, by the names that their operations stand under: those that hold samples against samples, and
    /// those that make one table of all of them. A number alone is a sum, which adds up over parts.</summary>
    public static IReadOnlyList<string> Readers(Phase phase) =>
    [
        .. phase.Computation.Nodes.Where(node => node.Outputs.Any(output => IsOfPairs(output.Shape))
                || (node.Inputs.Any(input => HasRows(input.Shape)) && node.Outputs.Any(output => IsTable(output.Shape))))
            .Select(node => node.Section).OfType<string>().Distinct(),
    ];

    private static bool HasRows(Shape shape) => shape.Dims.Any(dim => !dim.IsKnown);

    private static bool IsOfPairs(Shape shape) => shape.Dims.Count(dim => !dim.IsKnown) > 1;

    private static bool IsTable(Shape shape) => shape.Rank > 0 && !HasRows(shape) && shape.ElementsPerSample > 1;
}
