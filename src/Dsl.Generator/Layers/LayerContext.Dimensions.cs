using System.Globalization;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Layers;

internal sealed partial class LayerContext
{
    /// <summary>A declared dimension counted from the front; null, with a finding, when it is the batch or does not
    /// exist.</summary>
    public int? Dimension(Value input, int declared, string argument)
    {
        int rank = input.Shape.Rank;
        int dimension = declared < 0 ? rank + declared : declared;
        if (dimension >= 1 && dimension < rank) return dimension;
        int nearest = declared >= rank ? rank - 1 : declared == 0 ? 1 : 1 - rank;
        string legal = rank == 2 ? "1 or -1" : $"1 to {rank - 1} or -{rank - 1} to -1";
        Fail(Catalogue.NoSuchDimension, argument, layer.Set(argument, nearest), argument,
            declared.ToString(CultureInfo.InvariantCulture), description,
            input.Shape.ToString(), producer, legal);
        return null;
    }

    /// <summary>The last dimensions, as many as declared; null, with a finding, when the batch would be among them.</summary>
    public int[]? LastDimensions(Value input, int declared, string argument)
    {
        int rank = input.Shape.Rank;
        if (declared < rank) return Enumerable.Range(rank - declared, declared).ToArray();
        Fail(Catalogue.NoSuchDimension, argument, layer.Set(argument, rank - 1), argument,
            declared.ToString(CultureInfo.InvariantCulture), description,
            input.Shape.ToString(), producer, rank == 2 ? "1" : $"1 to {rank - 1}");
        return null;
    }

    /// <summary>Whether groups divide the channels, dimension 1; with a finding when they do not.</summary>
    public bool GroupsDivide(Value input, int groups, string argument)
    {
        if (input.Shape[1].Factor % groups == 0) return true;
        Fail(Catalogue.GroupsDoNotDivideChannels, argument,
            layer.Set(argument, Nearest.Divisor(input.Shape[1].Factor, groups)!.Value),
            groups.ToString(CultureInfo.InvariantCulture), description, input.Shape[1].ToString(), input.Shape.ToString(),
            producer);
        return false;
    }

    /// <summary>Whether a normalisation has more than one element to normalise; with a finding when it has not.</summary>
    public bool HasSeveral(Value input, long elements)
    {
        if (elements > 1) return true;
        Fail(Catalogue.NothingToNormalize, null, description, input.Shape.ToString(), producer);
        return false;
    }
}
