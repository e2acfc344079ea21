namespace Dsl.Runtime;

/// <summary>How well the neighbours of an embedding are of its class.</summary>
/// <param name="Retrieval">Recall, MAP@R and nDCG, each sample asked for its neighbours among all others.</param>
public sealed record RetrievalEvaluation(RetrievalMetrics Retrieval) : IEvaluation
{
    /// <summary>The share of samples whose nearest neighbour is of another class, 1 − recall@1, in [0, 1].</summary>
    public double Loss => 1 - RecallAt1;

    /// <summary>The share of samples whose nearest neighbour is of their class, in [0, 1].</summary>
    public double RecallAt1 => Retrieval.Cutoffs[0].Recall;

    /// <summary>Samples that the means are over: those that have another one of their class.</summary>
    public long Count => Retrieval.Queries;

    /// <summary>What losses and metrics of the trainer's own give; none where it has none.</summary>
    public OwnNumbers Own { get => field ?? OwnNumbers.None; init; }

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics =>
    [
        ("loss", Loss),
        .. Retrieval.Cutoffs.Select(at => ($"recall@{at.K}", at.Recall)),
        ("MAP@R", Retrieval.MeanAveragePrecisionAtR),
        ($"nDCG@{Retrieval.Cutoffs[^1].K}", Retrieval.Cutoffs[^1].Ndcg),
        .. Own,
    ];

    /// <summary>Every number by its name.</summary>
    public override string ToString() => EvaluationText.Of(this);
}
