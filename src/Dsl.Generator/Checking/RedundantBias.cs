using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Checking;

/// <summary>Finds biases that a normalisation directly behind them cancels: one number for each channel, of which it subtracts the mean.</summary>
internal static class RedundantBias
{
    private const string Bias = nameof(LinearAttribute.Bias);

    /// <summary>Reports a layer whose bias the next layer of its stack cancels.</summary>
    /// <remarks>Nothing else reads its result: that takes a [Tag] between the two.</remarks>
    /// <param name="layer">A layer.</param>
    /// <param name="between">Its result, which goes into the next layer.</param>
    /// <param name="next">The next layer.</param>
    public static void Check(Bound<LayerAttribute> layer, Value between, Bound<LayerAttribute> next, Findings findings)
    {
        if (!NormalizesChannels(next.Attribute) || !AddsToChannels(layer.Attribute, between)) return;
        findings.Add(Catalogue.RedundantBias, layer.Site, next.Site, $"[{layer.Name}]", $"[{next.Name}]").Offer(layer.Set(Bias, "false"));
    }

    private static bool NormalizesChannels(LayerAttribute next) => next is BatchNormAttribute or InstanceNormAttribute;

    // The features of a linear layer are the last dimension; they are channels where there is no other.
    private static bool AddsToChannels(LayerAttribute layer, Value result) => layer switch
    {
        LinearAttribute { Bias: true } => result.Shape.Rank == 2,
        ConvolutionAttribute { Bias: true } => true,
        _ => false,
    };
}
