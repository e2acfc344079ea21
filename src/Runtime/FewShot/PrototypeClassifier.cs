using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A classifier of classes that are known by a few samples: logits are negative squared Euclidean distances from the classes'
/// mean embeddings, z_k = −‖f(x) − c_k‖² (Snell, Swersky and Zemel 2017, arXiv 1703.05175, equations 1 and 2).
/// </summary>
/// <remarks>The network embeds in evaluation mode and without gradients, whatever mode it is in; it stays its owner's.</remarks>
public sealed class PrototypeClassifier : nn.Module<Tensor, Tensor>
{
    private readonly nn.Module<Tensor, Tensor> _embedder;
    private readonly NearestClassMean _means;
    private readonly bool _normalizes;

    private PrototypeClassifier(nn.Module<Tensor, Tensor> embedder, NearestClassMean means, bool normalizes)
        : base(nameof(PrototypeClassifier)) =>
        (_embedder, _means, _normalizes) = (embedder, means, normalizes);

    /// <summary>The classes' mean embeddings, [W, D] float64.</summary>
    public Tensor Prototypes => _means.Means;

    /// <summary>The labels of the support set, each once and in order: the columns of the logits.</summary>
    public IReadOnlyList<long> Classes => _means.Classes;

    /// <summary>Learns classes from samples of them.</summary>
    /// <param name="embedder">Gives a vector for each sample, [N, D].</param>
    /// <param name="inputs">The support set, [N, ...], on the network's device.</param>
    /// <param name="labels">[N] int64 from 0 on, of at least two classes; any numbers, also such as training never saw.</param>
    /// <param name="normalizes">Whether vectors are divided by their length first, as a trainer did with
    /// <c>Normalize = true</c>.</param>
    /// <exception cref="DataMismatchException">Vectors or labels of another shape or type, fewer than two classes, or a vector
    /// that is not finite.</exception>
    public static PrototypeClassifier Of(
        nn.Module<Tensor, Tensor> embedder, Tensor inputs, Tensor labels, bool normalizes = false)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        ArgumentNullException.ThrowIfNull(inputs);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor vectors = embedder.Predict(inputs);
        EmbeddingRows.Require(vectors, "embeddings of the support set");
        long[] known = EmbeddingRows.Labels(labels, vectors, "labels of the support set");
        long[] classes = [.. known.Distinct().Order()];
        if (classes.Length < 2)
            throw new DataMismatchException($"The support set has class {classes[0]} alone: there is nothing to tell apart.");
        var means = NearestClassMean.Fit(Exact(vectors, normalizes), labels, EmbeddingDistance.Euclidean);
        return new PrototypeClassifier(embedder, means, normalizes);
    }

    /// <summary>Logits of the classes in order.</summary>
    /// <param name="input">[N, ...].</param>
    /// <returns>[N, W] in the network's number type; the caller frees them.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor vectors = _embedder.Predict(input);
        using var scores = _means.Scores(Exact(vectors, _normalizes));
        return scores.to_type(vectors.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>The class of each sample, as the support set labels it.</summary>
    /// <param name="input">[N, ...].</param>
    public IReadOnlyList<long> Classify(Tensor input)
    {
        using var logits = forward(input);
        using var nearest = logits.argmax(1);
        return [.. EmbeddingRows.ToArray<long>(nearest).Select(place => Classes[(int)place])];
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _means.Dispose();
        base.Dispose(disposing);
    }

    private static Tensor Exact(Tensor vectors, bool normalizes) =>
        normalizes ? EmbeddingRows.Normalized(vectors, "embeddings") : vectors.to_type(ScalarType.Float64);
}
