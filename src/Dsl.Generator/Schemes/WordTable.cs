using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>A network that is a table of vectors: what it looks up of its input.</summary>
/// <param name="Words">V: how many rows it has.</param>
/// <param name="Padding">The index that fills up; -1 for none.</param>
internal sealed record WordTable(long Words, long Padding)
{
    /// <summary>The table in which a network looks its input up; null for one that does not.</summary>
    public static WordTable? Of(NetworkProgram network) => network.Computation.Nodes
        .Where(node => node.Operation is Embedding && node.Inputs[1] == network.Input)
        .Select(node => new WordTable(node.Inputs[0].Shape[0].Factor, ((Embedding)node.Operation).Padding))
        .FirstOrDefault();

    /// <summary>Reports a network that is no table of single words.</summary>
    /// <param name="width">How many numbers a word has; null where that is not known.</param>
    /// <returns>Whether it is one.</returns>
    public static bool Require(Bound<SchemeAttribute> declared, LearnedNetwork table, long? width, Findings findings)
    {
        TensorType input = table.Network.Input.Type;
        var own = Of(table.Network);
        string? found = input.Element != ElementType.Int64 || input.Shape != Shape.Of(input.Shape[0], 1)
            ? $"'{table.Name}' takes {input}"
            : own is null ? $"'{table.Name}' does not look its input up" : null;
        if (found is null && table.Network.KnowsResults && width is { } wanted)
        {
            Shape given = table.Network.Results[0].Value.Shape, flat = Shape.Of(given[0], wanted);
            if (given != flat && given != Shape.Of(given[0], 1, wanted)) found = $"'{table.Name}' returns {given}";
        }

        if (found is null) return true;
        string size = width is { } known ? known.ToString(System.Globalization.CultureInfo.InvariantCulture) : "D";
        findings.Add(Catalogue.SchemeNeeds, declared.Site, table.Site, declared.Name,
            $"a table of words, from [N, 1] integers to [N, 1, {size}]", found,
            $"write [Model(1, Elements = Elements.Index), Embedding(V, {size})] on '{table.Name}'");
        return false;
    }

    /// <summary>How many numbers a network gives for each word: the last size of [N, D] or [N, L, D]; null for another shape.
    /// </summary>
    public static long? Width(Shape given) => given.Rank is 2 or 3 && given[-1].IsKnown ? given[-1].Factor : null;
}
