namespace Dsl.Runtime;

/// <summary>Rows of a declared data set, and their parts.</summary>
/// <typeparam name="TRow">The record.</typeparam>
/// <typeparam name="TData">The kind of data, which its parts are of, too.</typeparam>
public abstract class RowData<TRow, TData>
    where TData : RowData<TRow, TData>
{
    private readonly TRow[] _rows;

    private protected RowData(TRow[] rows) => _rows = rows;

    /// <summary>Number of rows.</summary>
    public int Count => _rows.Length;

    /// <summary>The rows, in order.</summary>
    public IReadOnlyList<TRow> Rows => _rows;

    /// <summary>Whether the label is one of several classes, or yes or no: then parts can have each in its proportion.</summary>
    internal abstract bool HasClasses { get; }

    /// <summary>What the rows are called, for messages: the record's name.</summary>
    private protected abstract string Name { get; }

    /// <summary>Some rows, in the order given.</summary>
    /// <param name="rows">Their places, each in [0, Count); one may come more than once.</param>
    public abstract TData Subset(IEnumerable<int> rows);

    /// <summary>The rows for which a condition holds.</summary>
    public TData Where(Func<TRow, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return Subset(Enumerable.Range(0, Count).Where(place => condition(_rows[place])));
    }

    /// <summary>Two parts at random.</summary>
    /// <param name="testShare">The second part's share of the rows, in (0, 1); each part gets at least one.</param>
    /// <param name="seed">Equal seeds give equal parts.</param>
    public DataSplit<TData> Split(double testShare, long seed = 0) => Part(RowSplits.Plain(Count, testShare, seed));

    /// <summary>Two parts at random, each class in its proportion (to the nearest row).</summary>
    /// <param name="testShare">The second part's share of the rows, in (0, 1).</param>
    /// <param name="seed">Equal seeds give equal parts.</param>
    /// <exception cref="InvalidOperationException">The label is not a class.</exception>
    public DataSplit<TData> StratifiedSplit(double testShare, long seed = 0) =>
        Part(RowSplits.Stratified(Strata(), testShare, seed));

    /// <summary>Two parts at random, with all rows of a group in the same one: what a model learns of a patient then says nothing
    /// of those it is tested on.</summary>
    /// <param name="group">The group of a row.</param>
    /// <param name="testShare">The second part's share of the groups, in (0, 1); each part gets at least one.</param>
    /// <param name="seed">Equal seeds give equal parts.</param>
    public DataSplit<TData> GroupedSplit<TGroup>(Func<TRow, TGroup> group, double testShare, long seed = 0)
        where TGroup : notnull =>
        Part(RowSplits.Grouped(Groups(group), testShare, seed));

    /// <summary>Splits of which each row is in the second part of exactly one.</summary>
    /// <param name="count">How many, in [2, Count].</param>
    /// <param name="seed">Equal seeds give equal folds.</param>
    public IReadOnlyList<DataSplit<TData>> Folds(int count, long seed = 0) => Parts(RowSplits.Folds(Count, count, seed));

    /// <summary>Likewise, with each class in its proportion.</summary>
    /// <param name="count">How many, in [2, Count].</param>
    /// <param name="seed">Equal seeds give equal folds.</param>
    /// <exception cref="InvalidOperationException">The label is not a class.</exception>
    public IReadOnlyList<DataSplit<TData>> StratifiedFolds(int count, long seed = 0) =>
        Parts(RowSplits.StratifiedFolds(Strata(), count, seed));

    /// <summary>Likewise, with all rows of a group together.</summary>
    /// <param name="count">How many, at least 2, and at most as many as there are groups.</param>
    /// <param name="group">The group of a row.</param>
    /// <param name="seed">Equal seeds give equal folds.</param>
    public IReadOnlyList<DataSplit<TData>> GroupedFolds<TGroup>(int count, Func<TRow, TGroup> group, long seed = 0)
        where TGroup : notnull =>
        Parts(RowSplits.GroupedFolds(Groups(group), count, seed));

    /// <summary>The class of each row.</summary>
    /// <exception cref="DataMismatchException">A row has none.</exception>
    private protected abstract long[] Classes();

    private long[] Strata() => HasClasses ? Classes()
        : throw new InvalidOperationException($"{Name} has no label that is a class: split without strata.");

    private DataSplit<TData> Part((int[] Train, int[] Test) parts) => new(Subset(parts.Train), Subset(parts.Test));

    private List<DataSplit<TData>> Parts(IEnumerable<(int[] Train, int[] Test)> parts) => [.. parts.Select(Part)];

    private int[] Groups<TGroup>(Func<TRow, TGroup> group)
        where TGroup : notnull
    {
        ArgumentNullException.ThrowIfNull(group);
        var known = new Dictionary<TGroup, int>();
        var groups = new int[Count];
        for (int row = 0; row < Count; row++)
        {
            var key = group(_rows[row]);
            if (!known.TryGetValue(key, out groups[row])) known.Add(key, groups[row] = known.Count);
        }

        return groups;
    }
}
