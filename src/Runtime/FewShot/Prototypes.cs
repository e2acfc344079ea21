using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Which samples of a batch make the prototype of their class, and which are classified by it (Snell, Swersky and Zemel 2017,
/// arXiv 1703.05175): constants of a step. Labels are alike for samples of a class; a negative one belongs to none.
/// </summary>
public static class Prototypes
{
    /// <summary>Shares whose product with the vectors has the prototype of each class in the row of its first sample.</summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="like">Gives the number type.</param>
    /// <param name="shots">K, at least 1: the first K samples of each class make its prototype.</param>
    /// <returns>[N, N], a row of zeros for every other sample; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">On the CPU, a class with K samples or fewer, or no two classes.</exception>
    public static Tensor Shares(Tensor labels, Tensor like, int shots)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(like);
        ArgumentOutOfRangeException.ThrowIfLessThan(shots, 1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (labels.device_type == DeviceType.CPU) RequireQueries(labels.data<long>().ToArray(), shots);
        Tensor place = Place(labels);
        Tensor support = Same(labels).logical_and(Aten.lt(place, shots)).logical_and(Aten.eq(place, 0).unsqueeze(1))
            .to_type(like.dtype);
        return support.div(Aten.clamp_min(support.sum(1, keepdim: true), 1)).MoveToOuterDisposeScope();
    }

    /// <summary>What added to a row of logits leaves those of prototypes.</summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="like">Gives the number type.</param>
    /// <returns>[N, N], −∞ for a column that is no class's first sample, else 0; the caller frees it.</returns>
    public static Tensor Allowed(Tensor labels, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(like);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long samples = labels.size(0);
        Tensor first = Aten.eq(Place(labels), 0).logical_and(Aten.ge(labels, 0));
        return Aten.masked_fill(
            zeros([samples, samples], like.dtype, like.device), first.logical_not(), double.NegativeInfinity)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Where the prototype of each sample's class is.</summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="shots">K, at least 1.</param>
    /// <returns>[N] int64, -100 for one that makes a prototype itself, or has no class; the caller frees it.</returns>
    public static Tensor OfQueries(Tensor labels, int shots)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(shots, 1);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor place = Place(labels), same = Same(labels).logical_and(Aten.eq(place, 0));
        Tensor isOther = Aten.lt(place, shots).logical_or(Aten.lt(labels, 0));
        return Aten.masked_fill(same.to_type(ScalarType.Int64).argmax(1), isOther, ClassLabels.None).MoveToOuterDisposeScope();
    }

    /// <summary>How many samples are classified.</summary>
    /// <param name="places">[N] int64, of <see cref="OfQueries"/>.</param>
    /// <param name="like">Gives the number type.</param>
    /// <returns>A number without dimensions; the caller frees it.</returns>
    public static Tensor Count(Tensor places, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(places);
        ArgumentNullException.ThrowIfNull(like);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Aten.ge(places, 0).to_type(like.dtype).sum().MoveToOuterDisposeScope();
    }

    // How many samples of its class stand before each, [N].
    private static Tensor Place(Tensor labels) => Same(labels).to_type(ScalarType.Int64).tril(-1).sum(1);

    private static Tensor Same(Tensor labels) =>
        labels.unsqueeze(1).eq(labels.unsqueeze(0)).logical_and(Aten.ge(labels, 0).unsqueeze(1));

    private static void RequireQueries(long[] labels, int shots)
    {
        var classes = labels.Where(label => label >= 0).GroupBy(label => label).ToList();
        if (classes.Count < 2)
        {
            throw new DataMismatchException(
                $"A batch has {classes.Count} classes, and among fewer than two there is nothing to tell apart: declare "
                + "[SamplesPerClass], or give such batches.");
        }

        if (classes.FirstOrDefault(members => members.Count() <= shots) is not { } few) return;
        throw new DataMismatchException(
            $"A batch has {few.Count()} samples of class {few.Key}, of which {shots} make its prototype: none is left to be "
            + $"classified. Declare [SamplesPerClass] with more than {shots}, or give such batches.");
    }
}
