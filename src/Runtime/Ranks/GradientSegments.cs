namespace Dsl.Runtime;

/// <summary>The gradients of a network in a few pieces, each of which is summed over ranks as soon as a backward pass has written
/// all of it.</summary>
/// <param name="arena">The parameters.</param>
/// <param name="ranks">Who sums.</param>
internal sealed class GradientSegments(ParameterArena arena, RankGroup ranks)
{
    /// <summary>Pieces of less than a MiB cost more in messages than they hide; more than so many are not waited for.</summary>
    private const long Least = 1 << 18, Most = 8;

    // A piece ends with its last element; how many elements of each are not written yet.
    private readonly long[] _ends = Split(arena.TrainableLength);
    private readonly long[] _open = new long[Split(arena.TrainableLength).Length];

    public ParameterArena Arena => arena;

    /// <summary>Nothing is written.</summary>
    public void Restart()
    {
        for (int i = 0; i < _ends.Length; i++) _open[i] = _ends[i] - Start(i);
    }

    /// <summary>A range of gradients is complete.</summary>
    public void Complete(long from, long to)
    {
        for (int i = 0; i < _ends.Length; i++)
        {
            long written = Math.Min(to, _ends[i]) - Math.Max(from, Start(i));
            if (written <= 0) continue;
            _open[i] -= written;
            if (_open[i] == 0) ranks.BeginSum(arena, Start(i), _ends[i]);
        }

        ranks.Progress(arena);
    }

    /// <summary>Pieces that no pass has completed are complete.</summary>
    public void BeginRest()
    {
        for (int i = 0; i < _ends.Length; i++)
        {
            if (_open[i] > 0) ranks.BeginSum(arena, Start(i), _ends[i]);
            _open[i] = 0;
        }
    }

    private long Start(int segment) => segment == 0 ? 0 : _ends[segment - 1];

    private static long[] Split(long length)
    {
        long count = Math.Clamp(length / Least, 1, Most), blocks = length / ParameterArena.Alignment;
        return [.. Enumerable.Range(1, (int)count).Select(i => blocks * i / count * ParameterArena.Alignment)];
    }
}
