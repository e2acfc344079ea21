using System.Collections.Generic;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting.Datasets;

/// <summary>What models and trainers for images write.</summary>
internal sealed class ImageText(ImageFolderProgram images) : DatasetText(images)
{
    public override string Data => $"ImageData<{Row}>";

    public override string Predictor => $"ImagePredictor<{Row}>";

    public override string Creation
    {
        get
        {
            string buffers = images.Standardizes ? "() => (ImageMean, ImageDeviation, ImageCount)" : "";
            return $"new {Predictor}(this, Arena, new {Preprocessing}({buffers}))";
        }
    }

    public override string Preprocessing => $"ImagePreprocessing<{Row}>";

    public override bool SharesPreprocessing => false;

    public override string PreprocessingWords => "What is done to images, which is saved with the model.";

    public override string FileWords => "what is done to images";

    public override string Rows => "images";

    public override string FittingWords => images.Standardizes
        ? " The first time, mean and deviation of the channels are found: on this data alone." : "";

    public override bool Fits => images.Standardizes;

    public override IEnumerable<(string Type, string Name, string Words, bool IsMany, string Body)> Predictions(
        NetworkProgram network)
    {
        string rest = $", Classes{AreProbabilities(network)})";
        yield return ("string", "path", "of an image in a file", false, "Predict([path])[0]");
        yield return ("IEnumerable<string>", "paths", "of each file, in their order", true, $"_predictor.Classes(paths{rest}");
        yield return (Data, "images", "of each image, in their order; labels are not read", true,
            $"_predictor.Classes(images{rest}");
        yield return ("byte[]", "image", "of the bytes of a PNG or JPEG", false, $"_predictor.Class(image{rest}");
        yield return ("global::System.IO.Stream", "image", "of a PNG or JPEG, which is read to its end and stays open", false,
            $"_predictor.Class(image{rest}");
    }

    public override string Interface => $"IImageModel<{Row}, {images.Labels[0].Declaration.TypeName}>";

    public override IEnumerable<string> EnsembleMembers(NetworkProgram network)
    {
        yield return $"{Result}[] {Interface}.PredictPixels(IReadOnlyList<byte[]> pixels) =>";
        yield return $"    _predictor.Classes(pixels, Classes{AreProbabilities(network)});";
    }

    public override string Encode(string data, (string Sampler, string Step)? order = null, bool inUnit = false) =>
        order is var (sampler, step) ? $"{data}.ReadAhead(_model.Arena.Values.dtype, {sampler}, {step})"
            : $"{data}.ReadAhead(_model.Arena.Values.dtype)";
}
