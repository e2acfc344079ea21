using System.Globalization;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How well pairs of nodes with an edge are told from others.</summary>
/// <param name="Auc">The area under the ROC curve: the probability that a pair with an edge has the higher score of two, equal
/// scores counted half. 0.5 is chance.</param>
/// <param name="AveragePrecision">The sum over thresholds of the precision times what the recall grows by, equal scores at one
/// threshold. The share of pairs with an edge is chance.</param>
/// <param name="Loss">The mean of −log p of what a pair is, p = σ(z_i·z_j).</param>
/// <param name="Count">Number of pairs.</param>
public readonly record struct LinkEvaluation(double Auc, double AveragePrecision, double Loss, long Count) : IEvaluation
{
    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics =>
        [("loss", Loss), ("auc", Auc), ("averagePrecision", AveragePrecision)];

    /// <summary>The evaluation of the data's pairs by inner products of vectors.</summary>
    /// <param name="embed">From nodes and edges to the vectors [N, D].</param>
    /// <param name="data">A graph with pairs, some with an edge and some without.</param>
    /// <param name="device">Where the network lives.</param>
    /// <exception cref="InvalidOperationException">The data have no pairs.</exception>
    /// <exception cref="DataMismatchException">All pairs are alike, or a score is not a number.</exception>
    public static LinkEvaluation Of(Func<Tensor, Tensor, Tensor> embed, LinkData data, Device device)
    {
        ArgumentNullException.ThrowIfNull(embed);
        ArgumentNullException.ThrowIfNull(data);
        if (data.Pairs is not { } pairs || data.Labels is not { } labels)
            throw new InvalidOperationException("The data have no pairs to evaluate by: LinkData.Split makes parts with some.");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var vectors = embed(DataTransfer.To(data.Nodes.alias(), device), DataTransfer.To(data.Edges.alias(), device)).cpu()
            .to(ScalarType.Float64);
        var there = pairs.cpu();
        var scores = (vectors.index_select(0, there.select(0, 0)) * vectors.index_select(0, there.select(0, 1))).sum(1);
        return Of(scores, labels.cpu());
    }

    /// <summary>The evaluation of pairs by their scores.</summary>
    /// <param name="scores">Logits [P], float64 on the CPU.</param>
    /// <param name="labels">[P] int64: 1 for an edge, 0 for none.</param>
    /// <exception cref="DataMismatchException">All pairs are alike, a label is neither 0 nor 1, or a score is not a
    /// number.</exception>
    public static LinkEvaluation Of(Tensor scores, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(labels);
        double[] logits = MemoryMarshal.Cast<byte, double>(scores.contiguous().bytes).ToArray();
        long[] told = MemoryMarshal.Cast<byte, long>(labels.contiguous().bytes).ToArray();
        long positives = told.LongCount(label => label == 1), negatives = told.LongCount(label => label == 0);
        if (positives == 0 || negatives == 0 || positives + negatives < told.Length || logits.Length != told.Length)
        {
            throw new DataMismatchException(string.Create(CultureInfo.InvariantCulture,
                $"Of {told.Length} labels {positives} are 1 and {negatives} are 0, of {logits.Length} pairs: both are needed, ")
                + "and nothing else.");
        }

        if (logits.Any(double.IsNaN)) throw new DataMismatchException("A score is not a number: has the training diverged?");
        int[] order = [.. Enumerable.Range(0, told.Length).OrderByDescending(i => logits[i])];
        double wins = 0, precision = 0;
        long found = 0, passed = 0;
        for (int start = 0; start < order.Length;)
        {
            int end = start;
            long hits = 0;
            for (; end < order.Length && logits[order[end]] == logits[order[start]]; end++) hits += told[order[end]];

            // Pairs without an edge at this score lose to those found before, and half to those beside them.
            long misses = end - start - hits;
            wins += misses * (found + (hits / 2.0));
            (found, passed, start) = (found + hits, passed + misses, end);
            precision += hits * (found / (double)(found + passed));
        }

        double loss = logits.Zip(told, (logit, label) =>
            Math.Max(logit, 0) - (label * logit) + Math.Log(1 + Math.Exp(-Math.Abs(logit)))).Average();
        return new(wins / positives / negatives, precision / positives, loss, told.Length);
    }
}
