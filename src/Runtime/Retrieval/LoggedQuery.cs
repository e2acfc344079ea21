namespace Dsl.Runtime;

/// <summary>A query of a log: what was shown, and what of it was chosen.</summary>
public sealed record LoggedQuery
{
    /// <summary>A query.</summary>
    /// <param name="query">Its row among the embeddings of queries.</param>
    /// <param name="shown">Rows of the gallery, in the order in which they were shown, each once.</param>
    /// <param name="chosen">Those of them that were clicked or bought; may be empty.</param>
    /// <exception cref="DataMismatchException">A row is shown twice, or chosen and not shown.</exception>
    public LoggedQuery(long query, IReadOnlyList<long> shown, IReadOnlyList<long> chosen)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(query);
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(chosen);
        if (shown.Distinct().Count() < shown.Count)
            throw new DataMismatchException($"The log shows a row twice for query {query}: a page of results has each once.");
        foreach (long other in chosen.Where(row => !shown.Contains(row)))
        {
            throw new DataMismatchException(
                $"Row {other} was chosen for query {query} and is not among the {shown.Count} that were shown: log both from one "
                + "page of results.");
        }

        (Query, Shown, Chosen) = (query, [.. shown], [.. chosen]);
    }

    /// <summary>The query's row.</summary>
    public long Query { get; }

    /// <summary>What was shown, the first place first.</summary>
    public IReadOnlyList<long> Shown { get; }

    /// <summary>What was chosen.</summary>
    public IReadOnlyList<long> Chosen { get; }
}
