using System.Globalization;
using System.Xml.Linq;

namespace Dsl.Runtime;

/// <summary>Lines over a number: a picture of its own, or a section of a run's page.</summary>
/// <param name="title">What it shows.</param>
/// <param name="horizontal">What the numbers below are: "coverage".</param>
/// <param name="lines">Each line's name and points, in order; points that are not finite are left out.</param>
public sealed class LineChart(
    string title, string horizontal, params IReadOnlyList<(string Name, IReadOnlyList<(double X, double Y)> Points)> lines)
    : IPageSection
{
    /// <inheritdoc/>
    public string Title => title;

    /// <inheritdoc/>
    public IEnumerable<XElement> Content(int number) =>
        [new XElement("figure", Curves.Lines($"Section {number.ToString(CultureInfo.InvariantCulture)} {title}", Model()))];

    /// <summary>Writes the picture, on white with its title and a legend, to a file.</summary>
    /// <param name="path">The SVG file; its folder is created.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteSvg(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Checkpoint.CreateFolder(path);
        File.WriteAllText(path, Curves.Document(Model(), title));
    }

    private OxyPlot.PlotModel Model() => Curves.Model(
        horizontal, lines.Select(line => (line.Name, (IEnumerable<(double X, double Y)>)line.Points)));
}
