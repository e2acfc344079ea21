using System.Globalization;
using System.Xml.Linq;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A picture of points in the plane, coloured by class: a file of its own, or a section of a run's page.</summary>
/// <remarks>Both axes have one scale and no numbers, which mean nothing in a map. Up to six classes have colours that are told
/// apart also by those who see red and green alike; more of them lie around the colour circle.</remarks>
public sealed class EmbeddingMap : IPageSection
{
    private readonly (string Name, (double X, double Y)[] Points)[] _classes;

    /// <summary>Reads the points; the tensors stay the caller's.</summary>
    /// <param name="points">[N, 2] of finite floating-point numbers, as of a <see cref="TSne"/> or a <see cref="Pca"/>.</param>
    /// <param name="labels">[N] int64, classes.</param>
    /// <param name="classNames">A name for each class, in their order; none for numbers.</param>
    /// <exception cref="DataMismatchException">Points or labels that do not fit, or a class without a name.</exception>
    public EmbeddingMap(Tensor points, Tensor labels, params IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        EmbeddingRows.Require(points, "points");
        if (points.size(1) != 2)
        {
            throw new DataMismatchException(
                $"The points are [{string.Join(", ", points.shape)}], but a map has two columns: TSne.Fit or Pca.Transform gives "
                + "them.");
        }

        long[] classes = EmbeddingRows.Labels(labels, points, "labels");
        if (classNames.Count > 0 && classes.Max() >= classNames.Count)
        {
            throw new DataMismatchException(
                $"The labels go to {classes.Max()}, but there are names for {classNames.Count} classes: give one for each.");
        }

        using var exact = points.to(ScalarType.Float64, copy: true);
        double[] numbers = EmbeddingRows.ToArray<double>(exact);
        _classes =
        [
            .. classes.Index().GroupBy(sample => sample.Item).OrderBy(group => group.Key).Select(group => (
                classNames.Count > 0 ? classNames[(int)group.Key] : group.Key.ToString(CultureInfo.InvariantCulture),
                group.Select(sample => (numbers[2 * sample.Index], numbers[2 * sample.Index + 1])).ToArray())),
        ];
    }

    /// <summary>What the picture shows.</summary>
    public string Title { get; init; } = "Map of the embeddings";

    /// <inheritdoc/>
    public IEnumerable<XElement> Content(int number) => Scatter.Figure(
        string.Create(CultureInfo.InvariantCulture, $"Section {number} {Title}"), _classes);

    /// <summary>Writes the picture, with its title and a legend, to a file.</summary>
    /// <param name="path">The SVG file; its folder is created.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteSvg(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Checkpoint.CreateFolder(path);
        File.WriteAllText(path, Scatter.Document(Title, _classes));
    }
}
