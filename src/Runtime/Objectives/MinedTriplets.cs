using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Which samples of a batch are of a class, and which of them a metric objective compares: masks and places, constants of a step.
/// Labels are alike for samples of a class; a negative one belongs to none, and its sample is compared with nothing.
/// </summary>
public static class MinedTriplets
{
    // Numbers of a block of triplets: the whole batch would take N³.
    private const long BlockNumbers = 1 << 22;

    /// <summary>1 for two different samples of a class.</summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="like">Gives the number type.</param>
    /// <returns>[N, N]; the caller frees it.</returns>
    public static Tensor Positives(Tensor labels, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(like);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Same(labels).to_type(like.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>1 for two samples of different classes.</summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="like">Gives the number type.</param>
    /// <returns>[N, N]; the caller frees it.</returns>
    public static Tensor Negatives(Tensor labels, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(like);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Different(labels).to_type(like.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>1 for an anchor, another sample of its class, and one of a different class.</summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="like">Gives the number type.</param>
    /// <returns>[N, N, N]: anchor, positive, negative; the caller frees it.</returns>
    public static Tensor All(Tensor labels, Tensor like)
    {
        using var scope = NewDisposeScope();
        return Positives(labels, like).unsqueeze(2).mul(Negatives(labels, like).unsqueeze(1)).MoveToOuterDisposeScope();
    }

    /// <summary>1 for two samples of a class where a sample of another one is in the batch.</summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="like">Gives the number type.</param>
    /// <returns>[N, N]: anchor, positive; the caller frees it.</returns>
    public static Tensor Pairs(Tensor labels, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(like);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Same(labels).logical_and(Different(labels).any(1, true)).to_type(like.dtype).MoveToOuterDisposeScope();
    }

    /// <summary>1 for a sample with another of its class and one of a different class in the batch.</summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="like">Gives the number type.</param>
    /// <returns>[N, 1]; the caller frees it.</returns>
    public static Tensor Anchors(Tensor labels, Tensor like)
    {
        ArgumentNullException.ThrowIfNull(like);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Same(labels).any(1, true).logical_and(Different(labels).any(1, true)).to_type(like.dtype)
            .MoveToOuterDisposeScope();
    }

    /// <summary>For each anchor and positive the nearest sample of another class that is farther from the anchor than the
    /// positive; where there is none, the farthest of another class.</summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="distances">[N, N].</param>
    /// <returns>Places of negatives, [N, N] int64; without meaning where the pair is none. The caller frees it.</returns>
    public static Tensor SemiHardNegatives(Tensor labels, Tensor distances)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(distances);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        long samples = distances.size(0), step = Math.Max(1, BlockNumbers / (samples * samples));
        Tensor known = distances.detach(), same = Different(labels).logical_not();
        List<Tensor> places = [];
        for (long first = 0; first < samples; first += step)
        {
            using var block = NewDisposeScope();
            long count = Math.Min(step, samples - first);
            Tensor rows = known.narrow(0, first, count), others = same.narrow(0, first, count);
            Tensor negatives = Aten.masked_fill(rows, others, double.PositiveInfinity).unsqueeze(1)
                .expand(count, samples, samples);
            Tensor near = Aten.masked_fill(negatives, negatives.le(rows.unsqueeze(2)), double.PositiveInfinity);
            Tensor farthest = Aten.masked_fill(rows, others, double.NegativeInfinity).argmax(1, true).expand(count, samples);
            places.Add(where(near.amin([2]).isinf(), farthest, near.argmin(2)).MoveToOuterDisposeScope());
        }

        return cat(places, 0).MoveToOuterDisposeScope();
    }

    /// <summary>For each anchor the farthest sample of its class.</summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="distances">[N, N].</param>
    /// <returns>Places, [N, 1] int64; without meaning where there is none. The caller frees it.</returns>
    public static Tensor FarthestPositives(Tensor labels, Tensor distances)
    {
        ArgumentNullException.ThrowIfNull(distances);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Aten.masked_fill(distances, Same(labels).logical_not(), double.NegativeInfinity).argmax(1, true)
            .MoveToOuterDisposeScope();
    }

    /// <summary>For each anchor the nearest sample of another class.</summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="distances">[N, N].</param>
    /// <returns>Places, [N, 1] int64; without meaning where there is none. The caller frees it.</returns>
    public static Tensor NearestNegatives(Tensor labels, Tensor distances)
    {
        ArgumentNullException.ThrowIfNull(distances);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Aten.masked_fill(distances, Different(labels).logical_not(), double.PositiveInfinity).argmin(1, true)
            .MoveToOuterDisposeScope();
    }

    /// <summary>How many triplets a mean over losses above 0 is over: those, or 1 where every triplet's loss is 0.</summary>
    /// <param name="losses">[N, N, N].</param>
    /// <param name="triplets">[N, N, N], 1 for each triplet.</param>
    /// <returns>A number without dimensions, 0 where there is no triplet; the caller frees it.</returns>
    public static Tensor CountActive(Tensor losses, Tensor triplets)
    {
        ArgumentNullException.ThrowIfNull(losses);
        ArgumentNullException.ThrowIfNull(triplets);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Aten.gt(losses, 0).to_type(triplets.dtype).mul(triplets).sum().maximum(triplets.amax([0, 1, 2]))
            .MoveToOuterDisposeScope();
    }

    /// <summary>What added to products leaves those of an anchor with the positives of each class. A batch has two samples of
    /// each class, of which the first is the anchor.</summary>
    /// <param name="labels">[N] int64.</param>
    /// <param name="products">[N, N].</param>
    /// <returns>[N, N], −∞ for a column that is no positive; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">A class that has another number of samples.</exception>
    public static Tensor OfPositives(Tensor labels, Tensor products)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return Aten.masked_fill(zeros_like(products), Earlier(labels).any(1).logical_not(), double.NegativeInfinity)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Where the positive of each anchor is.</summary>
    /// <param name="labels">[N] int64, two of each class.</param>
    /// <returns>[N] int64, -100 for a sample that is no anchor; the caller frees it.</returns>
    /// <exception cref="DataMismatchException">A class that has another number of samples.</exception>
    public static Tensor PositiveOfAnchors(Tensor labels)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Tensor later = Earlier(labels).t();
        return Aten.masked_fill(later.to_type(ScalarType.Int64).argmax(1), later.any(1).logical_not(), ClassLabels.None)
            .MoveToOuterDisposeScope();
    }

    // [N, N]: whether the column's sample comes before the row's and is of its class.
    private static Tensor Earlier(Tensor labels)
    {
        Tensor same = Same(labels);
        if (labels.device_type == DeviceType.CPU && !Aten.is_nonzero(Aten.eq(same.sum(1), 1).all()))
        {
            throw new DataMismatchException(
                $"A batch has classes with another number of samples than two: [{string.Join(", ", labels.data<long>())}]. "
                + "N-pairs are an anchor and a positive of each class: declare [SamplesPerClass(2)], or give such batches.");
        }

        return same.tril(-1);
    }

    private static Tensor Same(Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Tensor same = labels.unsqueeze(1).eq(labels.unsqueeze(0)).logical_and(Aten.ge(labels, 0).unsqueeze(1));
        using var diagonal = same.diagonal();
        Aten.fill_(diagonal, 0L);
        return same;
    }

    private static Tensor Different(Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        Tensor known = Aten.ge(labels, 0);
        return labels.unsqueeze(1).ne(labels.unsqueeze(0)).logical_and(known.unsqueeze(1)).logical_and(known.unsqueeze(0));
    }
}
