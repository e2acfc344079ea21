using System.Linq;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed partial class LayerContext
{
    /// <summary>The layer's weight [out, ...], of which it may learn another form.</summary>
    /// <param name="isTransposed">Whether the outputs are not the first dimension.</param>
    /// <param name="isMasked">Whether parts of it are not read.</param>
    public Value Weight(Shape shape, Initialization initialization, bool isTransposed = false, bool isMasked = false)
    {
        if (layer.Attribute is not NormalizedLayerAttribute { Normalize: not WeightNormalization.None } attribute)
            return Parameter("weight", shape, initialization);
        string? reason = attribute.Share.Length > 0 ? "layers share it by another name"
            : isTransposed ? "the kernel is transposed, so that its rows are inputs"
            : isMasked ? "a mask hides parts of it, which would count"
            : attribute.Normalize == WeightNormalization.Spectral && isFrozen
                ? "it is frozen, so that its power iteration would never end; without it the network is the same" : null;
        if (reason is not null)
        {
            const string argument = nameof(attribute.Normalize);
            Fail(Catalogue.WeightNotNormalized, argument, layer.Remove(argument), description, reason);
        }

        if (attribute.Normalize == WeightNormalization.Spectral) return SpectralWeight(shape, initialization);
        Value directions = Parameter("weight_v", shape, initialization);
        var lengths = Shape.Of([shape[0], .. shape.Dims.Skip(1).Select(_ => (Dim)1)]);
        Value g = Parameter("weight_g", lengths, new Initialization.RowNorms("WeightG", "WeightV"));
        return Computation.Add(new NormalizedWeight(), Variable + "Weight", directions, g);
    }

    private Value SpectralWeight(Shape shape, Initialization initialization)
    {
        Value whole = Parameter("weight_orig", shape, initialization);
        int index = network.Parameters.Count - 1;
        network.Parameters[index] = network.Parameters[index] with
        {
            Behind = new("WeightOrig", "SpectralWeights.Start", new(["WeightU", "WeightV"])),
        };
        Value left = Buffer("weight_u", Shape.Of(shape[0]), 1);
        Value right = Buffer("weight_v", Shape.Of(shape.ElementsPerSample / shape[0].Factor), 1);
        string name = Variable + "Weight";
        return Computation.AddMany(
            new SpectralWeight(), [name, name + "Norm", name + "Left", name + "Right"], whole, left, right)[0];
    }
}
