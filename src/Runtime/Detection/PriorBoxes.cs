using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Prior boxes over square feature maps, in units of the image: around the centre of each cell of map k a box of area s_k² for
/// each ratio of width to height, and one more square of area s_k·s_(k+1) (Liu et al. 2016, arXiv 1512.02325, section 2.2).
/// </summary>
/// <remarks>The order is: maps one behind the other, in each its rows, in each its cells, in each the
/// boxes, the additional square first. Boxes may reach beyond the image.</remarks>
public sealed class PriorBoxes
{
    private readonly double[] _scales, _ratios;
    private readonly int[] _maps;

    /// <summary>Priors of some maps.</summary>
    /// <param name="maps">The cells of a side of each map, at least 1.</param>
    /// <param name="scales">s_k, the side of a map's squares, in (0, 1]; one for each map, and one more for the additional square
    /// of the last.</param>
    /// <param name="ratios">Widths over heights, more than 0; at least one.</param>
    /// <exception cref="ArgumentException">The numbers of maps and scales do not fit, or one is out of its range.</exception>
    public PriorBoxes(ReadOnlySpan<int> maps, ReadOnlySpan<double> scales, ReadOnlySpan<double> ratios)
    {
        (_maps, _scales, _ratios) = (maps.ToArray(), scales.ToArray(), ratios.ToArray());
        if (_maps.Length == 0 || _maps.Any(map => map < 1))
        {
            throw new ArgumentException(
                $"Maps have one cell or more, but these have [{string.Join(", ", _maps)}].", nameof(maps));
        }

        if (_scales.Length != _maps.Length + 1 || _scales.Any(scale => scale is not (> 0 and <= 1)))
        {
            throw new ArgumentException(
                $"There is a scale in (0, 1] for each of {_maps.Length} maps, and one more for what is larger than the last, but "
                + $"these are [{string.Join(", ", _scales)}].", nameof(scales));
        }

        if (_ratios.Length == 0 || _ratios.Any(ratio => !(ratio > 0 && double.IsFinite(ratio))))
        {
            throw new ArgumentException(
                $"Ratios of width to height are more than 0, but these are [{string.Join(", ", _ratios)}].", nameof(ratios));
        }
    }

    /// <summary>Boxes around the centre of each cell.</summary>
    public int PerCell => _ratios.Length + 1;

    /// <summary>P: all boxes.</summary>
    public int Count => _maps.Sum(map => map * map) * PerCell;

    /// <summary>Centres and sizes, in units of the image.</summary>
    /// <param name="type">The number type.</param>
    /// <param name="device">Where they are to be.</param>
    /// <returns>[P, 4]: x and y of the centre, width, height; the caller frees it.</returns>
    public Tensor Centered(ScalarType type, Device device)
    {
        var numbers = new double[Count * 4];
        int next = 0;
        for (int k = 0; k < _maps.Length; k++)
        {
            double square = Math.Sqrt(_scales[k] * _scales[k + 1]);
            for (int row = 0; row < _maps[k]; row++)
            {
                for (int column = 0; column < _maps[k]; column++)
                {
                    double x = (column + 0.5) / _maps[k], y = (row + 0.5) / _maps[k];
                    Put(x, y, square, square);
                    foreach (double ratio in _ratios)
                        Put(x, y, _scales[k] * Math.Sqrt(ratio), _scales[k] / Math.Sqrt(ratio));
                }
            }
        }

        using var scope = NewDisposeScope();
        return from_array(numbers).view(Count, 4).to(type).to(device).MoveToOuterDisposeScope();

        void Put(double x, double y, double width, double height)
        {
            (numbers[next], numbers[next + 1], numbers[next + 2], numbers[next + 3]) = (x, y, width, height);
            next += 4;
        }
    }
}
