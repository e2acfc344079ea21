using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Tasks drawn from labelled samples: W classes, K support and Q query samples of each, no sample twice in a task (Vinyals et al.
/// 2016, arXiv 1606.04080). What a task holds is a function of the seed and its number.
/// </summary>
/// <remarks>Classes are numbered anew in each task, 0, ..., W − 1 in the order in which they were drawn; samples of a class
/// stand together. Classes with fewer than K + Q samples are left out, and so are samples without a class.</remarks>
public sealed class ClassEpisodes : IEpisodeSource
{
    private readonly ILabeledDataSource _data;
    private readonly (long Label, long[] Members)[] _classes;
    private readonly long _seed;

    /// <summary>Tasks.</summary>
    /// <param name="data">Samples with a class each, [N] int64; labels are read once. It stays the caller's.</param>
    /// <param name="ways">W, classes of a task, at least 2.</param>
    /// <param name="shots">K, support samples of each class, at least 1.</param>
    /// <param name="queries">Q, query samples of each class, at least 1.</param>
    /// <param name="count">How many tasks there are, at least 1.</param>
    /// <param name="seed">Equal seeds give equal tasks.</param>
    /// <exception cref="DataMismatchException">Labels of another kind, or fewer than W classes with K + Q samples.</exception>
    public ClassEpisodes(ILabeledDataSource data, int ways, int shots, int queries, long count, long seed = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(ways, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(shots, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(queries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        (_data, Ways, Shots, Queries, Count, _seed) = (data, ways, shots, queries, count, seed);
        var all = Members(data);
        _classes = [.. all.Where(known => known.Members.Length >= shots + queries)];
        if (_classes.Length >= ways) return;
        throw new DataMismatchException(
            $"A task takes {ways} classes with {shots} support and {queries} query samples each, but of the {all.Length} classes "
            + $"{_classes.Length} have {shots + queries} samples or more: take fewer ways, shots or queries.");
    }

    /// <summary>W: classes of a task.</summary>
    public int Ways { get; }

    /// <summary>K: support samples of each class.</summary>
    public int Shots { get; }

    /// <summary>Q: query samples of each class.</summary>
    public int Queries { get; }

    /// <inheritdoc/>
    public long Count { get; }

    /// <summary>The classes of a task by their labels in the data, in the order of their numbers in the task.</summary>
    /// <param name="task">Which task, in [0, Count).</param>
    public IReadOnlyList<long> Classes(long task) => [.. Draw(task).Select(drawn => drawn.Label)];

    /// <inheritdoc/>
    public Tensor ReadSupportInputs(Tensor indices) => Inputs(indices, 0, Shots);

    /// <inheritdoc/>
    public Tensor ReadSupportLabels(Tensor indices) => Labels(indices, Shots);

    /// <inheritdoc/>
    public Tensor ReadQueryInputs(Tensor indices) => Inputs(indices, Shots, Queries);

    /// <inheritdoc/>
    public Tensor ReadQueryLabels(Tensor indices) => Labels(indices, Queries);

    private static (long Label, long[] Members)[] Members(ILabeledDataSource data)
    {
        using var all = Aten.arange(data.Count);
        using var labels = data.ReadLabels(all);
        if (labels.dtype != ScalarType.Int64 || labels.dim() != 1)
        {
            throw new DataMismatchException(
                $"Tasks are drawn by class, labels [N] of Int64, but the data have [{string.Join(", ", labels.shape)}] of "
                + $"{labels.dtype}.");
        }

        using var host = labels.cpu();
        return
        [
            .. host.data<long>().Select((label, place) => (label, place: (long)place)).Where(sample => sample.label >= 0)
                .GroupBy(sample => sample.label, sample => sample.place).OrderBy(group => group.Key)
                .Select(group => (group.Key, group.ToArray())),
        ];
    }

    private Tensor Inputs(Tensor indices, int first, int count)
    {
        using var scope = NewDisposeScope();
        long[] tasks = Tasks(indices);
        long[] places =
        [
            .. tasks.SelectMany(task => Draw(task).SelectMany(drawn => drawn.Places.Skip(first).Take(count))),
        ];
        Tensor inputs = _data.ReadInputs(tensor(places));
        return inputs.reshape([tasks.Length, Ways * count, .. inputs.shape.Skip(1)]).MoveToOuterDisposeScope();
    }

    private Tensor Labels(Tensor indices, int count)
    {
        using var scope = NewDisposeScope();
        int tasks = Tasks(indices).Length;
        return Aten.arange(Ways).unsqueeze(1).expand(Ways, count).reshape(1, Ways * count).repeat(tasks, 1)
            .MoveToOuterDisposeScope();
    }

    private long[] Tasks(Tensor indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        using var host = indices.cpu();
        long[] tasks = host.data<long>().ToArray();
        foreach (long task in tasks) RequireTask(task);
        return tasks;
    }

    private void RequireTask(long task)
    {
        if (task >= 0 && task < Count) return;
        throw new ArgumentOutOfRangeException(nameof(task), task, $"There are {Count} tasks, 0 to {Count - 1}.");
    }

    private List<(long Label, long[] Places)> Draw(long task)
    {
        RequireTask(task);
        var random = new HostRandom(StreamSeed.Of(_seed, "episodes", task));
        return
        [
            .. Choose(_classes, Ways, random)
                .Select(known => (known.Label, Choose(known.Members, Shots + Queries, random).ToArray())),
        ];
    }

    // The first steps of a shuffle (Fisher and Yates), on a copy.
    private static List<T> Choose<T>(T[] among, int count, HostRandom random)
    {
        T[] rest = [.. among];
        for (int i = 0; i < count; i++)
        {
            int other = i + (int)(random.Uniform() * (rest.Length - i));
            (rest[i], rest[other]) = (rest[other], rest[i]);
        }

        return [.. rest.Take(count)];
    }
}
