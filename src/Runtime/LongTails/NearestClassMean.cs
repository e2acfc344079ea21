using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The class whose mean of features is nearest (Kang et al. 2020, arXiv 1910.09217, section 4.2): a head in which a class has no
/// advantage by its number of samples.
/// </summary>
/// <remarks>By the cosine, means are of features of length 1 each. Features are those of the layer in front of the head, in
/// evaluation mode (<c>ForwardFeatures</c>).</remarks>
public sealed class NearestClassMean : IDisposable
{
    private readonly long[] _classes;
    private readonly EmbeddingDistance _distance;

    private NearestClassMean(long[] classes, Tensor means, EmbeddingDistance distance) =>
        (_classes, Means, _distance) = (classes, means, distance);

    /// <summary>The classes that have rows, in order.</summary>
    public IReadOnlyList<long> Classes => _classes;

    /// <summary>The mean of each class, [C, D] float64.</summary>
    public Tensor Means { get; }

    /// <summary>Takes the means.</summary>
    /// <param name="features">[N, D] of finite floating-point numbers: the training samples' features.</param>
    /// <param name="labels">[N] int64, classes.</param>
    /// <param name="distance">What is near.</param>
    /// <returns>The classifier; the caller disposes it.</returns>
    /// <exception cref="DataMismatchException">Features or labels that do not fit, or by the cosine a row of zeros.</exception>
    public static NearestClassMean Fit(
        Tensor features, Tensor labels, EmbeddingDistance distance = EmbeddingDistance.Cosine)
    {
        EmbeddingRows.Require(features, "features");
        long[] labelled = EmbeddingRows.Labels(labels, features, "labels");
        long[] classes = [.. labelled.Distinct().Order()];
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = Rows(features, distance);
        var given = labels.to(rows.device);
        var means = classes.Select(each => rows.index_select(0, Aten.eq(given, each).nonzero().flatten()).mean([0]));
        return new NearestClassMean(classes, stack([.. means]).DetachFromDisposeScope(), distance);
    }

    /// <summary>How near each row is to each mean: −‖f − μ‖², or the cosine.</summary>
    /// <param name="features">[M, D], on the device of the training rows.</param>
    /// <returns>[M, C] float64, larger where nearer; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">Features that do not fit, or by the cosine a row of zeros.</exception>
    public Tensor Scores(Tensor features)
    {
        EmbeddingRows.Require(features, "features");
        EmbeddingRows.RequireAlike(features, "features", Means, "training features");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var rows = Rows(features, _distance);
        if (_distance == EmbeddingDistance.Cosine)
            return rows.mm(EmbeddingRows.Normalized(Means, "means of classes").t()).MoveToOuterDisposeScope();

        // Measured from the means' mean: what all rows have in common would cost digits.
        Tensor middle = Means.mean([0L], keepdim: true), from = rows.sub(middle), to = Means.sub(middle);
        var squares = Aten.add(from.mul(from).sum(1, keepdim: true), to.mul(to).sum(1));
        return Aten.mul(from.mm(to.t()), 2).sub(squares).MoveToOuterDisposeScope();
    }

    /// <summary>The nearest class of each row.</summary>
    /// <param name="features">[M, D], on the device of the training rows.</param>
    /// <exception cref="DataMismatchException">Features that do not fit, or by the cosine a row of zeros.</exception>
    public IReadOnlyList<long> Predict(Tensor features)
    {
        using var scores = Scores(features);
        using var nearest = scores.argmax(1);
        using var host = nearest.cpu();
        return [.. host.data<long>().Select(place => _classes[place])];
    }

    /// <summary>Frees the means.</summary>
    public void Dispose() => Means.Dispose();

    private static Tensor Rows(Tensor features, EmbeddingDistance distance)
    {
        var exact = features.detach().to_type(ScalarType.Float64);
        return distance == EmbeddingDistance.Cosine ? EmbeddingRows.Normalized(exact, "features") : exact;
    }
}
