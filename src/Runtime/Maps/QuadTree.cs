namespace Dsl.Runtime;

/// <summary>Points of a plane in squares, each divided in four: the force of far ones on a point is that of their centre of mass
/// (Barnes and Hut 1986).</summary>
internal sealed class QuadTree
{
    // Points that are equal never part.
    private const int Deepest = 48;
    private const int None = -1;

    private readonly double[] _x, _y;
    private readonly int[] _order, _scratch;
    private readonly List<Square> _squares = [];

    /// <summary>Divides the points.</summary>
    /// <param name="x">First coordinates.</param>
    /// <param name="y">Second ones.</param>
    public QuadTree(double[] x, double[] y)
    {
        (_x, _y) = (x, y);
        _order = [.. Enumerable.Range(0, x.Length)];
        _scratch = new int[x.Length];
        double left = x.Min(), right = x.Max(), bottom = y.Min(), top = y.Max();
        double half = Math.Max(right - left, top - bottom) / 2;
        Divide(0, x.Length, (left + right) / 2, (bottom + top) / 2, half * (1 + 1e-9) + double.Epsilon, 0);
    }

    /// <summary>Σ_j w_ij²·(y_i − y_j) and Σ_j w_ij with w = 1/(1 + ‖y_i − y_j‖²), over all other points.</summary>
    /// <param name="point">i.</param>
    /// <param name="theta">θ: squares that are smaller than this share of their distance count as one point; 0 for none.</param>
    public (double X, double Y, double Sum) Repulsion(int point, double theta)
    {
        Span<int> open = stackalloc int[4 * Deepest + 8];
        int count = 1;
        open[0] = 0;
        double forceX = 0, forceY = 0, sum = 0;
        while (count > 0)
        {
            var square = _squares[open[--count]];
            double dx = _x[point] - square.X, dy = _y[point] - square.Y, distance = dx * dx + dy * dy;
            if (square.IsLeaf)
            {
                for (int i = square.First; i < square.End; i++)
                {
                    int other = _order[i];
                    if (other != point) Add(_x[point] - _x[other], _y[point] - _y[other], 1, ref forceX, ref forceY, ref sum);
                }
            }
            else if (square.Size * square.Size < theta * theta * distance)
            {
                Add(dx, dy, square.End - square.First, ref forceX, ref forceY, ref sum);
            }
            else
            {
                if (square.TopRight != None) open[count++] = square.TopRight;
                if (square.TopLeft != None) open[count++] = square.TopLeft;
                if (square.BottomRight != None) open[count++] = square.BottomRight;
                if (square.BottomLeft != None) open[count++] = square.BottomLeft;
            }
        }

        return (forceX, forceY, sum);
    }

    private static void Add(double dx, double dy, int mass, ref double forceX, ref double forceY, ref double sum)
    {
        double weight = 1 / (1 + dx * dx + dy * dy), share = mass * weight;
        sum += share;
        forceX += share * weight * dx;
        forceY += share * weight * dy;
    }

    private int Divide(int first, int end, double x, double y, double half, int depth)
    {
        if (first == end) return None;
        double sumX = 0, sumY = 0;
        for (int i = first; i < end; i++)
        {
            sumX += _x[_order[i]];
            sumY += _y[_order[i]];
        }

        int place = _squares.Count, count = end - first;
        var square = new Square(sumX / count, sumY / count, 2 * half, first, end, None, None, None, None);
        _squares.Add(square);
        if (count == 1 || depth == Deepest) return place;
        int middle = Part(first, end, point => _y[point] < y), low = Part(first, middle, point => _x[point] < x);
        int high = Part(middle, end, point => _x[point] < x);
        double quarter = half / 2;
        _squares[place] = square with
        {
            BottomLeft = Divide(first, low, x - quarter, y - quarter, quarter, depth + 1),
            BottomRight = Divide(low, middle, x + quarter, y - quarter, quarter, depth + 1),
            TopLeft = Divide(middle, high, x - quarter, y + quarter, quarter, depth + 1),
            TopRight = Divide(high, end, x + quarter, y + quarter, quarter, depth + 1),
        };
        return place;
    }

    /// <summary>Puts the points for which a condition holds before the others, both in their order.</summary>
    private int Part(int first, int end, Func<int, bool> condition)
    {
        int kept = first, moved = 0;
        for (int i = first; i < end; i++)
        {
            if (condition(_order[i])) _order[kept++] = _order[i];
            else _scratch[moved++] = _order[i];
        }

        _scratch.AsSpan(0, moved).CopyTo(_order.AsSpan(kept));
        return kept;
    }

    // X and Y are the centre of mass; First to End are the points in it.
    private readonly record struct Square(
        double X, double Y, double Size, int First, int End, int BottomLeft, int BottomRight, int TopLeft, int TopRight)
    {
        public bool IsLeaf => BottomLeft == None && BottomRight == None && TopLeft == None && TopRight == None;
    }
}
