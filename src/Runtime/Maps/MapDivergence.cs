using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Dsl.Runtime;

/// <summary>What t-SNE minimises: Σ p_ij·log(p_ij/q_ij) with q_ij = w_ij/Z, w_ij = 1/(1 + ‖y_i − y_j‖²), Z = Σ w,
/// and its gradient 4·Σ_j (p_ij − q_ij)·w_ij·(y_i − y_j) (van der Maaten and Hinton 2008, equations 4 and 5).</summary>
/// <param name="affinities">p.</param>
/// <param name="theta">θ of the tree that the sum over q is approximated by (van der Maaten 2014); null for all pairs.</param>
internal sealed class MapDivergence(Affinities affinities, double? theta)
{
    private readonly double[] _repelX = new double[affinities.Count], _repelY = new double[affinities.Count];
    private readonly double[] _sums = new double[affinities.Count];

    /// <summary>The divergence at a layout.</summary>
    public double Value(double[] x, double[] y)
    {
        double normalizer = Repel(x, y), sum = 0;
        for (int row = 0; row < x.Length; row++)
        {
            for (int i = affinities.Starts[row]; i < affinities.Starts[row + 1]; i++)
            {
                double p = affinities.Values[i];
                int other = affinities.Columns[i];
                double dx = x[row] - x[other], dy = y[row] - y[other];
                if (p > 0) sum += p * Math.Log(p * normalizer * (1 + dx * dx + dy * dy));
            }
        }

        return sum;
    }

    /// <summary>The gradient at a layout.</summary>
    /// <param name="x">First coordinates.</param>
    /// <param name="y">Second ones.</param>
    /// <param name="exaggeration">The factor of p.</param>
    /// <param name="gradientX">Where the gradient by <paramref name="x"/> goes.</param>
    /// <param name="gradientY">That by <paramref name="y"/>.</param>
    public void Gradient(double[] x, double[] y, double exaggeration, double[] gradientX, double[] gradientY)
    {
        double normalizer = Repel(x, y);
        Parallel.For(0, x.Length, row =>
        {
            double pullX = 0, pullY = 0;
            for (int i = affinities.Starts[row]; i < affinities.Starts[row + 1]; i++)
            {
                int other = affinities.Columns[i];
                double dx = x[row] - x[other], dy = y[row] - y[other];
                double pull = affinities.Values[i] / (1 + dx * dx + dy * dy);
                pullX += pull * dx;
                pullY += pull * dy;
            }

            gradientX[row] = 4 * (exaggeration * pullX - _repelX[row] / normalizer);
            gradientY[row] = 4 * (exaggeration * pullY - _repelY[row] / normalizer);
        });
    }

    /// <summary>Σ_j w_ij²·(y_i − y_j) of each point.</summary>
    /// <returns>Z.</returns>
    private double Repel(double[] x, double[] y)
    {
        if (theta is { } share)
        {
            var tree = new QuadTree(x, y);
            Parallel.For(0, x.Length, row => (_repelX[row], _repelY[row], _sums[row]) = tree.Repulsion(row, share));
        }
        else
        {
            Parallel.For(0, x.Length, row => (_repelX[row], _repelY[row], _sums[row]) = AllPairs(x, y, row));
        }

        // In the order of the rows, whichever thread was first.
        double sum = 0;
        foreach (double part in _sums) sum += part;
        return sum;
    }

    // Four at a time on every machine: another width would add in another order.
    private static (double X, double Y, double Sum) AllPairs(double[] x, double[] y, int row)
    {
        Vector256<double> forceX = default, forceY = default, sums = default;
        Vector256<double> ofX = Vector256.Create(x[row]), ofY = Vector256.Create(y[row]);
        var xs = MemoryMarshal.Cast<double, Vector256<double>>(x);
        var ys = MemoryMarshal.Cast<double, Vector256<double>>(y);
        for (int i = 0; i < xs.Length; i++)
        {
            Vector256<double> dx = ofX - xs[i], dy = ofY - ys[i];
            var weights = Vector256<double>.One / (Vector256<double>.One + dx * dx + dy * dy);
            sums += weights;
            forceX += weights * weights * dx;
            forceY += weights * weights * dy;
        }

        // The point itself is 1 in the sum, and no force.
        double sum = Vector256.Sum(sums) - 1, x1 = Vector256.Sum(forceX), y1 = Vector256.Sum(forceY);
        for (int i = 4 * xs.Length; i < x.Length; i++)
        {
            double dx = x[row] - x[i], dy = y[row] - y[i], weight = 1 / (1 + dx * dx + dy * dy);
            sum += weight;
            x1 += weight * weight * dx;
            y1 += weight * weight * dy;
        }

        return (x1, y1, sum);
    }
}
