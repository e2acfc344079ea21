using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Passes;

/// <summary>What of an image a value [N, C, H, W] may tell at a pixel, in the order of reading; each includes those before
/// it.</summary>
internal enum SeenPixels
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The rows above.</summary>
    Above,

    /// <summary>Earlier pixels; with colours the pixel's earlier ones.</summary>
    Earlier,

    /// <summary>Earlier pixels and the pixel; with colours its earlier ones and the own.</summary>
    Own,

    /// <summary>Later pixels, too.</summary>
    All,
}

/// <summary>Proves that a network's answer about a pixel depends on earlier ones alone. What it does not know may depend on
/// everything.</summary>
internal sealed class PixelOrder
{
    private readonly Dictionary<Value, SeenPixels> _seen = [];
    private readonly int _colors;

    private PixelOrder(NetworkProgram network)
    {
        _colors = network.Computation.Nodes.Select(node => (node.Operation as MaskedKernel)?.Colors ?? 1).DefaultIfEmpty(1).Max();
        foreach (var node in network.Computation.Nodes)
        {
            var seen = Of(node, network);
            if (seen == SeenPixels.All) FirstOffence ??= node;
            foreach (var output in node.Outputs) _seen[output] = seen;
        }

        Result = _seen[network.Results[0].Value];
    }

    /// <summary>What the network's first result may tell.</summary>
    public SeenPixels Result { get; }

    /// <summary>The first operation whose result may tell of later pixels; null for none.</summary>
    public Node? FirstOffence { get; }

    /// <summary>What an analysed network of images sees.</summary>
    public static PixelOrder Of(NetworkProgram network) => new(network);

    private SeenPixels Of(Node node, NetworkProgram network)
    {
        if (node.Operation is Leaf) return node.Outputs.Contains(network.Input) ? SeenPixels.Own : SeenPixels.None;
        var seen = node.Inputs.Select(input => _seen[input]).DefaultIfEmpty(SeenPixels.None).Max();
        return seen is SeenPixels.None or SeenPixels.All ? seen : node.Operation switch
        {
            Convolution convolution => Behind(convolution.Geometry, node.Inputs[1], seen),
            Graph.Operations.Activation or ReLU or Elementwise or Scale or DivideBy or Square or AddNumber or Clamp or Exponential
                or Absolute or Dropout or DropoutOfParts or StandardNoise or BatchNormalization or PReLU => seen,
            Concatenate { Dimension: 1 } or Slice { Dimension: 1 } or Softmax { Dimension: 1 } or LogSoftmax { Dimension: 1 }
                => BetweenChannels(seen),

            // Up to the pixel in its own row, and rows above, which are earlier whatever the place in them.
            RowLstm => BetweenChannels(seen),
            _ => SeenPixels.All,
        };
    }

    private SeenPixels Behind(ConvolutionGeometry geometry, Value kernel, SeenPixels seen)
    {
        if (geometry.Stride != 1 || geometry.Transposed) return SeenPixels.All;
        if (kernel.Producer.Operation is not MaskedKernel mask)
        {
            bool isPixel = kernel.Shape[2] == 1L && kernel.Shape[3] == 1L && geometry.Padding == 0;
            return isPixel ? BetweenChannels(seen) : SeenPixels.All;
        }

        return mask.Mask switch
        {
            PixelMask.A when seen == SeenPixels.Above || mask.Colors == 1 || mask.Colors == _colors =>
                seen < SeenPixels.Earlier ? seen : SeenPixels.Earlier,
            PixelMask.A => SeenPixels.All,
            PixelMask.B => seen == SeenPixels.Above || mask.Colors == _colors ? seen : SeenPixels.All,
            PixelMask.Above => SeenPixels.Above,
            _ => seen == SeenPixels.Above ? seen : SeenPixels.All,
        };
    }

    /// <summary>What channels tell that are mixed: of one pixel a colour would see later ones.</summary>
    private SeenPixels BetweenChannels(SeenPixels seen) =>
        _colors == 1 || seen == SeenPixels.Above ? seen : SeenPixels.All;
}
