using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <content>Layers that are more than a node.</content>
public sealed partial class OnnxGraph
{
    /// <summary>x Wᵀ + b on the last of three dimensions or more.</summary>
    /// <param name="x">[..., in].</param>
    /// <param name="weight">W [out, in].</param>
    /// <param name="bias">b [out], or null.</param>
    public OnnxValue Linear(OnnxValue x, OnnxValue weight, OnnxValue? bias = null)
    {
        var product = Node("MatMul", x, Transposed(weight));
        return bias is null ? product : Node("Add", product, bias);
    }

    /// <summary>x above zero, slope·x below.</summary>
    /// <param name="x">[N, C, ...].</param>
    /// <param name="slope">[1] or [C].</param>
    /// <param name="rank">The number of dimensions of <paramref name="x"/>.</param>
    public OnnxValue PRelu(OnnxValue x, OnnxValue slope, int rank)
    {
        var numbers = Known(slope);
        if (rank <= 2 || numbers.size(0) == 1) return Node("PRelu", x, slope);
        long[] shape = [numbers.size(0), .. Enumerable.Repeat(1L, rank - 2)];
        return Node("PRelu", x, Derived(slope, "channels", numbers.reshape(shape)));
    }

    /// <summary>Means of as many windows as the output has places in height and in width, which are as long as each other where
    /// they can be (libtorch's <c>adaptive_avg_pool2d</c>).</summary>
    /// <param name="x">[N, C, H, W].</param>
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="size">The places of each.</param>
    /// <returns>[N, C, size, size].</returns>
    public OnnxValue AdaptiveAveragePool(OnnxValue x, long height, long width, long size)
    {
        if (height % size == 0 && width % size == 0)
        {
            return Node("AveragePool", x).With("kernel_shape", [height / size, width / size])
                .With("strides", [height / size, width / size]);
        }

        // A mean over windows is a matrix product: from the left over rows, from the right over columns.
        var rows = Constant($"/means {height} to {size}", Means(height, size));
        var columns = Constant($"/means {width} to {size}, transposed", Means(width, size).t().contiguous());
        return Node("MatMul", Node("MatMul", rows, x), columns);
    }

    /// <summary>Normalisation of groups of channels of each sample.</summary>
    /// <param name="x">[N, C, ...].</param>
    /// <param name="weight">[C]; null for none.</param>
    /// <param name="bias">[C]; null for none.</param>
    /// <param name="shape">The shape of <paramref name="x"/>, with −1 for N.</param>
    /// <param name="groups">How many groups.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    public OnnxValue GroupNormalization(
        OnnxValue x, OnnxValue? weight, OnnxValue? bias, ReadOnlySpan<long> shape, int groups, float epsilon)
    {
        // Each group as one channel is normalised as an instance; what is learned belongs to the channels.
        var parts = Node("Reshape", x, List(0, groups, -1));
        var normal = Node("InstanceNormalization", parts, Filled(1, groups), Filled(0, groups)).With("epsilon", epsilon);
        var whole = Node("Reshape", normal, List(shape));
        long[] channels = [shape[1], .. Enumerable.Repeat(1L, shape.Length - 2)];
        if (weight is not null) whole = Node("Mul", whole, Node("Reshape", weight, List(channels)));
        return bias is null ? whole : Node("Add", whole, Node("Reshape", bias, List(channels)));
    }

    /// <summary>A tensor repeated for each sample.</summary>
    /// <param name="x">[1, ...].</param>
    /// <param name="samples">A tensor with the batch in front.</param>
    /// <param name="rank">The number of dimensions of <paramref name="x"/>.</param>
    public OnnxValue RepeatForSamples(OnnxValue x, OnnxValue samples, int rank)
    {
        long[] ones = [.. Enumerable.Repeat(1L, rank - 1)];
        return Node("Expand", x, Node("Concat", Rows(samples), List(ones)).With("axis", 0));
    }

    /// <summary>The size of the first dimension, [1].</summary>
    private OnnxValue Rows(OnnxValue value) => Node("Shape", value).With("start", 0).With("end", 1);

    private OnnxValue Transposed(OnnxValue matrix) => matrix.Tensor is { } numbers
        ? Derived(matrix, "transposed", numbers.t().contiguous())
        : Node("Transpose", matrix).With("perm", [1, 0]);

    /// <summary>A constant that is made of another one.</summary>
    private OnnxValue Derived(OnnxValue source, string how, Tensor numbers) => Constant($"{source.Name}.{how}", numbers);

    private static Tensor Known(OnnxValue value) => value.Tensor
        ?? throw new NotSupportedException($"ONNX has no form for a layer whose weight '{value.Name}' depends on an input.");

    private static Tensor Means(long length, long size)
    {
        float[] shares = new float[size * length];
        for (long place = 0; place < size; place++)
        {
            long start = place * length / size, end = ((place + 1) * length + size - 1) / size;
            for (long from = start; from < end; from++) shares[place * length + from] = 1f / (end - start);
        }

        return tensor(shares, size, length);
    }
}
