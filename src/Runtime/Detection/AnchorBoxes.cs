using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// Anchors of a region proposal network, in units of the image: around the centre of each cell of a map a box of each scale with
/// each ratio of width to height (Ren et al. 2015, arXiv 1506.01497, section 3.1.1).
/// </summary>
/// <remarks>The order is: rows of the map, in each its cells, in each the scales, in each the ratios. Boxes may reach beyond the
/// image.</remarks>
public sealed class AnchorBoxes
{
    private readonly int _height, _width;
    private readonly double[] _scales, _ratios;

    /// <summary>Anchors of a map.</summary>
    /// <param name="height">Rows of the map, at least 1.</param>
    /// <param name="width">Cells of a row, at least 1.</param>
    /// <param name="scales">Roots of the areas in units of the image, in (0, 1]; at least one.</param>
    /// <param name="ratios">Widths over heights, more than 0; at least one.</param>
    /// <exception cref="ArgumentException">A number is out of its range, or there is none.</exception>
    public AnchorBoxes(int height, int width, ReadOnlySpan<double> scales, ReadOnlySpan<double> ratios)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        (_height, _width, _scales, _ratios) = (height, width, scales.ToArray(), ratios.ToArray());
        if (_scales.Length == 0 || _scales.Any(scale => scale is not (> 0 and <= 1)))
        {
            throw new ArgumentException(
                $"Scales of anchors lie in (0, 1], but these are [{string.Join(", ", _scales)}].", nameof(scales));
        }

        if (_ratios.Length == 0 || _ratios.Any(ratio => !(ratio > 0 && double.IsFinite(ratio))))
        {
            throw new ArgumentException(
                $"Ratios of width to height are more than 0, but these are [{string.Join(", ", _ratios)}].", nameof(ratios));
        }
    }

    /// <summary>Anchors around the centre of each cell.</summary>
    public int PerCell => _scales.Length * _ratios.Length;

    /// <summary>P: all anchors.</summary>
    public int Count => _height * _width * PerCell;

    /// <summary>Centres and sizes, in units of the image.</summary>
    /// <param name="type">The number type.</param>
    /// <param name="device">Where they are to be.</param>
    /// <returns>[P, 4]: x and y of the centre, width, height; the caller frees it.</returns>
    public Tensor Centered(ScalarType type, Device device)
    {
        var numbers = new List<double>(Count * 4);
        for (int row = 0; row < _height; row++)
        {
            for (int column = 0; column < _width; column++)
            {
                foreach (double scale in _scales)
                {
                    foreach (double root in _ratios.Select(Math.Sqrt))
                        numbers.AddRange([(column + 0.5) / _width, (row + 0.5) / _height, scale * root, scale / root]);
                }
            }
        }

        using var scope = NewDisposeScope();
        return from_array(numbers.ToArray()).view(Count, 4).to(type).to(device).MoveToOuterDisposeScope();
    }
}
