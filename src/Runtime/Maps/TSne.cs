using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// A map of rows in the plane that keeps near ones near: t-distributed stochastic neighbour embedding (van der Maaten and Hinton
/// 2008). Distances between groups, and how large a group is, say nothing.
/// </summary>
/// <remarks>
/// In float64 on the CPU, whatever the device of the features. Up to <see cref="ExactRows"/> rows all pairs are computed; of more
/// the affinities of 3·perplexity neighbours, and repulsion through a tree of squares (van der Maaten 2014). It starts from the
/// first two principal components, scaled to a deviation of 1e-4, and descends with momentum (0.5, then 0.8 after the
/// exaggeration) and a gain for each coordinate (Jacobs 1988). Equal features and settings give equal maps.
/// </remarks>
/// <param name="Points">Where each row stands, [N, 2] float64, on the CPU.</param>
/// <param name="Divergence">Σ p·log(p/q), at least 0; comparable between maps of the same rows and perplexity.</param>
public sealed record TSne(Tensor Points, double Divergence) : IDisposable
{
    /// <summary>Up to how many rows nothing is approximated.</summary>
    public const int ExactRows = 2000;

    private const double StartingDeviation = 1e-4, Noise = 1e-6;

    /// <summary>Draws a map.</summary>
    /// <param name="features">[N, D] of finite floating-point numbers.</param>
    /// <param name="settings">The numbers of the method; null for the defaults.</param>
    /// <returns>The map; the caller disposes it.</returns>
    /// <exception cref="DataMismatchException">Features that do not fit, or rows that are all equal.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number out of its range; fewer than three rows for each neighbour of the
    /// perplexity.</exception>
    public static TSne Fit(Tensor features, TSneSettings? settings = null)
    {
        settings ??= new();
        EmbeddingRows.Require(features, "features");
        settings.Require(features.size(0));
        using var scope = NewDisposeScope();
        using var pca = Pca.Fit(features, (int)Math.Min(features.size(1), 2));
        double deviation = Math.Sqrt(pca.Variances[0]);
        if (deviation == 0) throw new DataMismatchException("All rows of the features are equal: there is nothing to map.");
        double[] numbers = EmbeddingRows.ToArray<double>(pca.Transform(features));
        int width = pca.Variances.Count;
        double[] Column(int column) =>
            [.. Enumerable.Range(0, numbers.Length / width).Select(row =>
                column < width ? numbers[row * width + column] * StartingDeviation / deviation : 0)];
        return Descend(features, Column(0), Column(1), settings, settings.ExaggeratedIterations);
    }

    /// <summary>Draws a map from an earlier one of the same samples, so that places stay from one evaluation to the
    /// next.</summary>
    /// <param name="features">[N, D] of finite floating-point numbers.</param>
    /// <param name="layout">Where each row stood, [N, 2].</param>
    /// <param name="settings">The numbers of the method; null for the defaults. Nothing is exaggerated.</param>
    /// <returns>The map; the caller disposes it.</returns>
    /// <exception cref="DataMismatchException">Features or a layout that do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number out of its range; fewer than three rows for each neighbour of the
    /// perplexity.</exception>
    public static TSne FitFrom(Tensor features, Tensor layout, TSneSettings? settings = null)
    {
        settings ??= new();
        EmbeddingRows.Require(features, "features");
        EmbeddingRows.Require(layout, "layout's points");
        if (layout.size(0) != features.size(0) || layout.size(1) != 2)
        {
            throw new DataMismatchException(
                $"The layout is [{string.Join(", ", layout.shape)}], but {features.size(0)} rows start from "
                + $"[{features.size(0)}, 2]: a point for each, of a map of the same samples.");
        }

        settings.Require(features.size(0));
        using var exact = layout.to(ScalarType.Float64, copy: true);
        double[] numbers = EmbeddingRows.ToArray<double>(exact);
        return Descend(features, Column(0), Column(1), settings, exaggerated: 0);

        double[] Column(int column) => [.. numbers.Where((_, i) => i % 2 == column)];
    }

    /// <summary>Frees the points.</summary>
    public void Dispose() => Points.Dispose();

    private static TSne Descend(Tensor features, double[] x, double[] y, TSneSettings settings, int exaggerated)
    {
        int count = x.Length;
        bool isExact = count <= ExactRows;
        int neighbors = isExact ? count - 1 : (int)(3 * settings.Perplexity);
        var divergence = new MapDivergence(
            Affinities.Of(features, settings.Perplexity, neighbors), isExact ? null : settings.Theta);
        using (var stream = new RandomStream(settings.Seed, "t-SNE"))
        {
            var random = stream.OnHost(0);
            for (int i = 0; i < count; i++) (x[i], y[i]) = (x[i] + Noise * random.Normal(), y[i] + Noise * random.Normal());
        }

        double rate = settings.LearningRate ?? Math.Max(count / (4 * settings.EarlyExaggeration), 50);
        double[] gradientX = new double[count], gradientY = new double[count];
        Coordinate first = new(x), second = new(y);
        for (int step = 0; step < settings.Iterations; step++)
        {
            bool isEarly = step < exaggerated;
            divergence.Gradient(x, y, isEarly ? settings.EarlyExaggeration : 1, gradientX, gradientY);
            first.Move(gradientX, rate, isEarly ? 0.5 : 0.8);
            second.Move(gradientY, rate, isEarly ? 0.5 : 0.8);
        }

        using var scope = NewDisposeScope();
        return new TSne(stack([tensor(x), tensor(y)], 1).DetachFromDisposeScope(), divergence.Value(x, y));
    }

    /// <summary>One coordinate of all points on its way down.</summary>
    private sealed class Coordinate(double[] places)
    {
        private const double LeastGain = 0.01;

        private readonly double[] _gains = [.. Enumerable.Repeat(1.0, places.Length)], _updates = new double[places.Length];

        public void Move(double[] gradient, double rate, double momentum)
        {
            double sum = 0;
            for (int i = 0; i < places.Length; i++)
            {
                // Faster where it goes on as before, slower where it turns.
                _gains[i] = Math.Max(gradient[i] * _updates[i] < 0 ? _gains[i] + 0.2 : _gains[i] * 0.8, LeastGain);
                _updates[i] = momentum * _updates[i] - rate * _gains[i] * gradient[i];
                sum += places[i] += _updates[i];
            }

            for (int i = 0; i < places.Length; i++) places[i] -= sum / places.Length;
        }
    }
}
