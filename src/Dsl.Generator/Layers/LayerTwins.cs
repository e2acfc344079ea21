using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;

namespace Dsl.Generator.Layers;

/// <summary>Layers that are the same in another number of spatial dimensions: <c>BatchNorm1d</c> and
/// <c>BatchNorm2d</c>.</summary>
internal static class LayerTwins
{
    private static readonly Regex Dimensions = new("[123]d$", RegexOptions.CultureInvariant);

    /// <summary>The twin for an input [N, C, ...] of some rank in the place of a layer; null where there is none.</summary>
    public static Fix? Of(Bound<LayerAttribute> layer, int rank)
    {
        // BatchNorm1d normalises rows, too.
        int dimensions = rank == 2 && layer.Attribute is BatchNorm2dAttribute ? 1 : rank - 2;
        string twin = Dimensions.Replace(layer.Name, dimensions.ToString(CultureInfo.InvariantCulture) + "d");
        bool exists = twin != layer.Name && typeof(LayerAttribute).Assembly.GetTypes().Any(type =>
            type.IsSubclassOf(typeof(LayerAttribute)) && string.Equals(type.Name, twin + "Attribute", StringComparison.Ordinal));
        return exists ? Fix.Rename(layer.Site, twin) : null;
    }
}
