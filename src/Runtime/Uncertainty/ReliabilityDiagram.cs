using System.Globalization;
using System.Xml.Linq;

namespace Dsl.Runtime;

/// <summary>A reliability diagram: the share of right predictions over their confidence, beside the line of a calibrated
/// classifier; a picture of its own, or a section of a run's page.</summary>
/// <param name="predictions">What a classifier says; read at once.</param>
/// <param name="bins">How many bins, at least 1.</param>
/// <param name="binning">How bins are made.</param>
public sealed class ReliabilityDiagram(
    LabelledLogits predictions, int bins = 15, CalibrationBinning binning = CalibrationBinning.EqualWidth)
    : IPageSection
{
    private const double Size = 420;

    /// <summary>The predictions in bins of their confidence.</summary>
    public IReadOnlyList<CalibrationBin> Bins { get; } =
        Calibration.Bins(predictions.Logits, predictions.Labels, bins, binning);

    /// <summary>What the picture shows.</summary>
    public string Title { get; init; } = "Calibration";

    /// <summary>The expected calibration error in these bins, in [0, 1].</summary>
    public double ExpectedError => Bins.Where(bin => bin.Count > 0)
        .Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Accuracy)) / Bins.Sum(bin => bin.Count);

    /// <inheritdoc/>
    public IEnumerable<XElement> Content(int number) =>
    [
        new XElement("p", string.Create(CultureInfo.InvariantCulture, $"Expected calibration error {ExpectedError:0.0000}")),
        new XElement("figure", Curves.Reliability(
            string.Create(CultureInfo.InvariantCulture, $"Section {number} {Title}"), Bins)),
    ];

    /// <summary>Writes the picture, on white with its title and a legend, to a file.</summary>
    /// <param name="path">The SVG file; its folder is created.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void WriteSvg(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Checkpoint.CreateFolder(path);
        File.WriteAllText(path, Curves.Document(Curves.ReliabilityModel(Bins), Title, Size, Size));
    }
}
