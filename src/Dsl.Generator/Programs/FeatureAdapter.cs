using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Programs;

/// <summary>
/// The layer that brings a feature of the trained network to the width of a teacher's: the regressor of Romero et al. 2015
/// (arXiv 1412.6550). Its parameters are the trainer's, not the network's.
/// </summary>
/// <param name="Feature">The tag, or output, of the trained network.</param>
/// <param name="Layer">The layer as a declaration would write it: Conv2d(64, 1).</param>
/// <param name="From">What goes in.</param>
/// <param name="To">What comes out, the shape of the teacher's feature.</param>
/// <param name="Parameters">What it learns.</param>
internal sealed record FeatureAdapter(
    string Feature, string Layer, Shape From, Shape To, IReadOnlyList<NetworkParameter> Parameters)
{
    /// <summary>The axis whose size an adapter has to change; 0 when none has to, null when no adapter brings the first to the
    /// shape of the second.</summary>
    public static int? Axis(Value feature, Value teacher)
    {
        var differing = Differing(feature.Shape, teacher.Shape);
        if (differing is null || differing.Count > 1) return null;
        if (differing.Count == 0) return 0;
        return (feature.Shape.Rank, differing[0]) switch
        {
            (3, 1 or 2) => (WidthAxis(feature) ?? WidthAxis(teacher) ?? differing[0]) == differing[0] ? differing[0] : null,
            (2 or 4 or 5, 1) => 1,
            _ => null,
        };
    }

    /// <summary>Why there is no adapter, and what to do.</summary>
    public static string Obstacle(Shape feature, Shape teacher)
    {
        var differing = Differing(feature, teacher);
        if (differing is null)
            return $"an adapter changes the width alone, but these have {feature.Rank} and {teacher.Rank} axes; read values "
                + $"of the same kind";
        string sizes = string.Join(", ", differing.Select(axis => $"axis {axis} is {feature[axis]} and {teacher[axis]}"));
        string width = feature.Rank == 3 ? "the channels or the features of a position" : "the channels (axis 1)";
        return $"an adapter changes {width} alone, but {sizes}; read values of the same resolution";
    }

    /// <summary>Where sizes differ; null when there are not as many.</summary>
    private static List<int>? Differing(Shape a, Shape b) =>
        a.Rank != b.Rank ? null : Enumerable.Range(0, a.Rank).Where(axis => a[axis] != b[axis]).ToList();

    /// <summary>The axis of a [N, C, L] or [N, T, F] that is no position, by the operations that lead to it; null when they do
    /// not say.</summary>
    private static int? WidthAxis(Value value)
    {
        while (value.Producer.Inputs.Count > 0)
        {
            switch (value.Producer.Operation)
            {
                case Convolution or BatchNormalization or GroupNormalization or MaxPool2d or AvgPool2d or AdaptiveAvgPool2d:
                    return 1;
                case Linear or LayerNormalization or Embedding:
                    return 2;
                case Squeeze or Unsqueeze:
                    break;
                case Permute or Reshape:
                    return null;
                case var operation when value.Producer.Inputs[0].Shape != value.Shape || operation.IsLeaf:
                    return null;
            }

            value = value.Producer.Inputs[0];
        }

        return null;
    }
}
