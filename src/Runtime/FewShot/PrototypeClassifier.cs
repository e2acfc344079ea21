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
    private readonly bool _normalizes;

    private PrototypeClassifier(
        nn.Module<Tensor, Tensor> embedder, Tensor prototypes, IReadOnlyList<long> classes, bool normalizes)
        : base(nameof(PrototypeClassifier)) =>
        (_embedder, Prototypes, Classes, _normalizes) = (embedder, prototypes, classes, normalizes);

    /// <summary>The classes' mean embeddings, [W, D] float64.</summary>
    public Tensor Prototypes { get; }

    /// <summary>The labels of the support set, each once and in order: the columns of the logits.</summary>
    public IReadOnlyList<long> Classes { get; }

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
        vectors = Exact(vectors, normalizes);
        var means = classes.Select(label =>
            vectors.index_select(0, Aten.eq(labels, label).nonzero().flatten().to(vectors.device)).mean([0L]));
        return new PrototypeClassifier(
            embedder, stack(means).MoveToOuterDisposeScope().DetachFromDisposeScope(), classes, normalizes);
    }

    /// <summary>Logits of the classes in order.</summary>
    /// <param name="input">[N, ...].</param>
    /// <returns>[N, W] in the network's number type; the caller frees them.</returns>
    public override Tensor forward(Tensor input)
    {
        ArgumentNullException.ThrowIfNull(input);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Tensor vectors = _embedder.Predict(input), exact = Exact(vectors, _normalizes);

        // Measured from the prototypes' mean: what all vectors have in common would cost digits.
        Tensor middle = Prototypes.mean([0L], keepdim: true), from = exact.sub(middle), to = Prototypes.sub(middle);
        Tensor lengths = Aten.add(from.mul(from).sum(1, keepdim: true), to.mul(to).sum(1).unsqueeze(0));
        return Aten.mul(from.mm(to.t()), 2).sub(lengths).to_type(vectors.dtype).MoveToOuterDisposeScope();
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
        if (disposing) Prototypes.Dispose();
        base.Dispose(disposing);
    }

    private static Tensor Exact(Tensor vectors, bool normalizes) =>
        normalizes ? EmbeddingRows.Normalized(vectors, "embeddings") : vectors.to_type(ScalarType.Float64);
}
