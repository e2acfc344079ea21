using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Datasets;

/// <summary>What a model does to images before its first layer: a mean and a deviation for each channel, declared or found in
/// training. In the model, so that whoever calls it gives images in [0, 1], and its file holds them.</summary>
internal static class ImageEntry
{
    // Names in a state dictionary begin with it: no layer of a stack has a name.
    private const string Path = "preprocessing.";

    /// <summary>Adds it, where anything is declared.</summary>
    public static void Add(NetworkProgram network, ImageFolderProgram images)
    {
        if (!images.Standardizes && images.Normalization is null) return;
        var computation = network.Computation;
        var type = new TensorType(Shape.Of(images.Format.Channels, 1, 1));
        computation.Section = "Normalization of the images";
        Value mean, deviation;
        if (images.Normalization is { } declared)
        {
            mean = Constant("_imageMean", declared.Means);
            deviation = Constant("_imageDeviation", declared.Deviations);
        }
        else
        {
            mean = Buffer("mean", "ImageMean", 0);
            deviation = Buffer("deviation", "ImageDeviation", 1);
            network.Buffers.Add(new NetworkBuffer(
                Path + "images", "ImageCount", new TensorType(Shape.Scalar, ElementType.Int64), 0));
        }

        Value centered = computation.Add(new Subtract(), "centeredInput", network.Input, mean);
        network.Entry = network.Output = computation.Add(new Divide(), "normalizedInput", centered, deviation);
        computation.Section = null;

        Value Constant(string member, IReadOnlyList<double> values)
        {
            string literals = string.Join(", ", values.Select(Scalar.Literal));
            string code = $"ChannelNormalization.Constants(Arena.Values, {images.Format.Channels}, [{literals}])";
            network.Tables.Add(new NetworkTable(member, type, code, "declared"));
            return computation.Add(new Table(member, type), member.TrimStart('_'));
        }

        Value Buffer(string name, string member, double initial)
        {
            network.Buffers.Add(new NetworkBuffer(Path + name, member, type, initial));
            return computation.Add(new Buffer(member, type), Casing.Variable(member));
        }
    }
}
