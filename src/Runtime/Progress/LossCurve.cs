namespace Dsl.Runtime;

/// <summary>A curve that is never too long to draw: where it becomes so, every other point goes, and only every other of those to
/// come is kept.</summary>
internal sealed class LossCurve
{
    private const int Most = 1024;

    private readonly List<(double X, double Y)> _points = [];
    private int _stride = 1;
    private int _seen;

    /// <summary>The points that are kept.</summary>
    public IReadOnlyList<(double X, double Y)> Points => _points;

    /// <summary>Takes a point.</summary>
    public void Add(double x, double y)
    {
        if (_seen++ % _stride != 0) return;
        _points.Add((x, y));
        if (_points.Count < Most) return;
        int place = 0;
        _points.RemoveAll(_ => place++ % 2 == 1);
        _stride *= 2;
        _seen = 0;
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        _points.Clear();
        (_stride, _seen) = (1, 0);
    }
}
