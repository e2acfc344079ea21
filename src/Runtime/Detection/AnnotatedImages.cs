using System.Globalization;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>An image file and its objects.</summary>
/// <param name="File">The file's name, as the annotations have it.</param>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Objects">Its objects, in units of the image.</param>
public sealed record AnnotatedImage(string File, int Width, int Height, IReadOnlyList<LabeledBox> Objects);

/// <summary>Images with the objects that somebody found in them, as COCO's and VOC's files list them.</summary>
public sealed class AnnotatedImages
{
    // What annotators draw beyond the edge; more of it is an error.
    private const double Slack = 1;

    private AnnotatedImages(IReadOnlyList<string> classes, IReadOnlyList<AnnotatedImage> images) =>
        (Classes, Images) = (classes, images);

    /// <summary>The names of the classes, in the order of their numbers.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The images, in the order of the file, or of the names of files.</summary>
    public IReadOnlyList<AnnotatedImage> Images { get; }

    /// <summary>The objects of all images as labels, [N, M, 5]; the caller frees it.</summary>
    public Tensor Labels() => BoxLabels.Pad([.. Images.Select(image => image.Objects)]);

    /// <summary>Reads the images themselves, PNG or JPEG, and stretches each to one size; boxes in units of the image stay
    /// right.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="channels">1 for grey, 3 for red, green and blue.</param>
    /// <param name="height">Pixels, at least 1.</param>
    /// <param name="width">Pixels, at least 1.</param>
    /// <returns>Inputs [N, channels, height, width] in [0, 1] and labels [N, M, 5]; the caller disposes them.</returns>
    /// <exception cref="InvalidDataException">A file is damaged, or no image.</exception>
    /// <exception cref="IOException">A file could not be read.</exception>
    public InMemoryData Load(string folder, int channels, int height, int width)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (channels is not (1 or 3))
            throw new ArgumentOutOfRangeException(nameof(channels), channels, "Images have 1 or 3 channels.");
        var schema = new ImageSchema("images", channels, height, width, Classes) { Scaling = ImageScaling.Stretch };
        byte[][] pixels = ParallelDecoding.Run(Images.Count, Environment.ProcessorCount,
            i => ImageDecoder.Read(Inside(folder, Images[i].File), schema));
        return new InMemoryData(ImageBatch.Of(pixels, schema, ScalarType.Float32), Labels());
    }

    // Who wrote the annotations does not choose which files of this machine are read.
    private static string Inside(string folder, string file)
    {
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        string path = Path.GetFullPath(Path.Combine(root, file));
        return path.StartsWith(root, StringComparison.Ordinal) ? path
            : throw new InvalidDataException($"The annotations name the image '{file}', which is not in {folder}.");
    }

    /// <summary>Reads a file of COCO: <c>images</c>, <c>annotations</c>, <c>categories</c>. Categories are numbered from 0 on, in
    /// the order of their ids; what is a crowd (<c>iscrowd</c>) is ignored.</summary>
    /// <param name="path">The JSON file.</param>
    /// <exception cref="InvalidDataException">What is wrong, in which entry of the file.</exception>
    public static AnnotatedImages ReadCoco(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = File.OpenRead(path);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(stream);
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path} is no JSON: {problem.Message}", problem);
        }

        using (document)
        {
            var categories = new SortedDictionary<long, string>();
            foreach (var (entry, at) in Entries(document, "categories", path))
                if (!categories.TryAdd(Whole(entry, "id", at), Text(entry, "name", at))) throw Wrong(at, "its id stands twice");
            var numbers = categories.Keys.Index().ToDictionary(category => category.Item, category => category.Index);
            var images = new Dictionary<long, (AnnotatedImage Image, List<LabeledBox> Objects)>();
            foreach (var (entry, at) in Entries(document, "images", path))
            {
                var objects = new List<LabeledBox>();
                var image = new AnnotatedImage(
                    Text(entry, "file_name", at), Size(Whole(entry, "width", at), at), Size(Whole(entry, "height", at), at),
                    objects);
                if (!images.TryAdd(Whole(entry, "id", at), (image, objects))) throw Wrong(at, "its id stands twice");
            }

            foreach (var (entry, at) in Entries(document, "annotations", path))
            {
                long image = Whole(entry, "image_id", at), category = Whole(entry, "category_id", at);
                if (!images.TryGetValue(image, out var known)) throw Wrong(at, $"there is no image of the id {image}");
                if (!numbers.TryGetValue(category, out int number)) throw Wrong(at, $"there is no category of the id {category}");
                if (!entry.TryGetProperty("bbox", out var box) || box.ValueKind != JsonValueKind.Array
                    || box.GetArrayLength() != 4 || box.EnumerateArray().Any(side => side.ValueKind != JsonValueKind.Number))
                    throw Wrong(at, "its bbox is not x, y, width, height");
                double[] sides = [.. box.EnumerateArray().Select(side => side.GetDouble())];
                bool isCrowd = entry.TryGetProperty("iscrowd", out var crowd) && crowd.ValueKind == JsonValueKind.Number
                    && crowd.GetDouble() != 0;
                known.Objects.Add(new LabeledBox(
                    number, Scaled(sides[0], sides[1], sides[0] + sides[2], sides[1] + sides[3], known.Image, at), isCrowd));
            }

            return new AnnotatedImages([.. categories.Values], [.. images.Values.Select(image => image.Image)]);
        }
    }

    /// <summary>Reads a folder of VOC: an XML file for each image. Pixels count from 1 there, and a box has its last ones; what
    /// is
    /// <c>difficult</c> is ignored.</summary>
    /// <param name="folder">The folder with the XML files, which are read in the order of their names.</param>
    /// <param name="classes">The names of the classes, in the order of their numbers.</param>
    /// <exception cref="InvalidDataException">What is wrong, in which file and object; or there is no file.</exception>
    public static AnnotatedImages ReadVoc(string folder, params IReadOnlyList<string> classes)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(classes);
        var images = new List<AnnotatedImage>();
        foreach (string path in Directory.GetFiles(folder, "*.xml").Order(StringComparer.Ordinal))
        {
            XElement root;
            try
            {
                // Definitions of a document's own could make a few bytes to gigabytes.
                using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
                root = XDocument.Load(reader).Root!;
            }
            catch (XmlException problem)
            {
                throw new InvalidDataException($"{path} is no XML: {problem.Message}", problem);
            }

            var size = root.Element("size") ?? throw Wrong(path, "it has no <size>");
            var objects = new List<LabeledBox>();
            var image = new AnnotatedImage(root.Element("filename")?.Value ?? throw Wrong(path, "it has no <filename>"),
                Size((long)Number(size, "width", path), path), Size((long)Number(size, "height", path), path), objects);
            foreach (var (index, entry) in root.Elements("object").Index())
            {
                string at = $"{path}: object {index}", name = entry.Element("name")?.Value ?? throw Wrong(at, "it has no <name>");
                int number = Array.IndexOf([.. classes], name);
                if (number < 0) throw Wrong(at, $"'{name}' is none of the classes {string.Join(", ", classes)}");
                var box = entry.Element("bndbox") ?? throw Wrong(at, "it has no <bndbox>");
                objects.Add(new LabeledBox(number, Scaled(
                    Number(box, "xmin", at) - 1, Number(box, "ymin", at) - 1, Number(box, "xmax", at), Number(box, "ymax", at),
                    image, at),
                    entry.Element("difficult")?.Value.Trim() == "1"));
            }

            images.Add(image);
        }

        return images.Count > 0 ? new AnnotatedImages(classes, images)
            : throw new InvalidDataException($"{folder} has no XML file.");
    }

    private static IEnumerable<(JsonElement Entry, string At)> Entries(JsonDocument document, string list, string path)
    {
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(list, out var entries)
            || entries.ValueKind != JsonValueKind.Array) throw Wrong(path, $"it has no list '{list}'");
        foreach (var (index, entry) in entries.EnumerateArray().Index())
        {
            string at = $"{path}: {list}[{index}]";
            yield return entry.ValueKind == JsonValueKind.Object ? (entry, at) : throw Wrong(at, "it is no object");
        }
    }

    private static long Whole(JsonElement entry, string name, string at) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            ? number : throw Wrong(at, $"its '{name}' is no whole number");

    private static string Text(JsonElement entry, string name, string at)
    {
        if (!entry.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String)
            throw Wrong(at, $"its '{name}' is no text");
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong(at, $"its '{name}' is no text in UTF-8");
        }
    }

    private static double Number(XElement parent, string name, string at) =>
        double.TryParse(parent.Element(name)?.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number) ? number : throw Wrong(at, $"its <{name}> is no number");

    private static int Size(long pixels, string at) =>
        pixels is > 0 and <= int.MaxValue ? (int)pixels : throw Wrong(at, $"the image has {pixels} pixels in a direction");

    private static Box Scaled(double x1, double y1, double x2, double y2, AnnotatedImage image, string at)
    {
        string Written() => string.Create(CultureInfo.InvariantCulture, $"({x1}, {y1}, {x2}, {y2})");
        if (!(x1 >= -Slack && y1 >= -Slack && x2 <= image.Width + Slack && y2 <= image.Height + Slack))
            throw Wrong(at, $"its box {Written()} lies outside of the image of {image.Width} x {image.Height} pixels");
        double left = Math.Max(x1, 0), top = Math.Max(y1, 0);
        double right = Math.Min(x2, image.Width), bottom = Math.Min(y2, image.Height);
        if (!(left < right && top < bottom)) throw Wrong(at, $"its box {Written()} has no width or no height");
        return new Box((float)(left / image.Width), (float)(top / image.Height),
            (float)(right / image.Width), (float)(bottom / image.Height));
    }

    private static InvalidDataException Wrong(string at, string what) => new($"{at}: {what}.");
}
