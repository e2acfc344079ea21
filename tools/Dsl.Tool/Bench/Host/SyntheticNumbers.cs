using static TorchSharp.torch;

namespace Dsl.Bench;

/// <summary>Random numbers that a trainer takes for data.</summary>
internal static class SyntheticNumbers
{
    /// <param name="batch">The number of the batch.</param>
    public static Tensor Draw(FieldPlan field, int batch)
    {
        long samples = field.Sizes[0];
        return field.Content switch
        {
            Content.Uniform => rand(field.Sizes),
            Content.Classes => randint(0, field.Limit, field.Sizes, ScalarType.Int64),
            Content.Runs => Runs(samples, field.Limit, field.Alike),

            // Classes stand behind the samples in images, else last.
            Content.Distribution => nn.functional.softmax(randn(field.Sizes), field.Sizes.Length == 4 ? 1 : -1),
            Content.Objects => Objects(samples, field.Sizes[1], field.Limit),
            Content.Places => arange(samples, ScalarType.Int64).add(batch * samples),
            Content.Edges => Edges(field.Sizes[1], field.Limit),
            Content.GraphSizes => GraphSizes(samples, field.Limit),
            Content.Lengths => full(field.Sizes, field.Limit, ScalarType.Int64),
            _ => throw new ArgumentOutOfRangeException(nameof(field), field.Content, "no such content"),
        };
    }

    private static Tensor Runs(long samples, long limit, long alike)
    {
        var runs = arange(samples, ScalarType.Int64).div(alike, RoundingMode.floor);
        return limit > 0 ? runs.remainder(limit) : runs;
    }

    // Boxes of 0.3 of the image's sides.
    private static Tensor Objects(long images, long objects, long classes)
    {
        var first = rand(images, objects, 2).mul(0.7f);
        var classOf = randint(0, classes, [images, objects, 1], ScalarType.Int64).to(ScalarType.Float32);
        return cat([classOf, first, first.add(0.3f).clamp_max(1f)], -1);
    }

    // None from a node to itself.
    private static Tensor Edges(long edges, long nodes)
    {
        var from = randint(0, nodes, [edges], ScalarType.Int64);
        return stack([from, from.add(randint(1, nodes, [edges], ScalarType.Int64)).remainder(nodes)]);
    }

    private static Tensor GraphSizes(long graphs, long nodes)
    {
        var sizes = full([graphs], nodes / graphs, ScalarType.Int64);
        sizes[^1] += nodes % graphs;
        return sizes;
    }
}
