using System.Globalization;
using System.Xml.Linq;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Dsl.Runtime;

/// <summary>Pictures of a page, as SVG that stands in it, drawn by OxyPlot. Texts and lines take the page's colours.</summary>
internal static class Curves
{
    private const double Width = 640, Height = 300, LegendWidth = 180;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    // Told apart also by those who see red and green alike (Okabe and Ito 2008).
    internal static readonly OxyColor[] Colors =
    [
        OxyColor.FromRgb(0, 114, 178), OxyColor.FromRgb(213, 94, 0), OxyColor.FromRgb(0, 158, 115),
            OxyColor.FromRgb(204, 121, 167),
        OxyColor.FromRgb(86, 180, 233), OxyColor.FromRgb(230, 159, 0),
    ];

    /// <summary>Numbers over the epochs; null where no curve has two points.</summary>
    /// <param name="name">What it shows, for those who do not see it; starts the names of its parts.</param>
    /// <param name="curves">Points that are not finite are left out.</param>
    public static XElement[]? Lines(string name,
        params IEnumerable<(string Name, IEnumerable<(double X, double Y)> Points)> curves)
    {
        var model = Model("epoch", curves);

        // There is no half epoch.
        model.Axes[0].MinimumMajorStep = 1;
        return model.Series.Count == 0 ? null : Lines(name, model);
    }

    /// <summary>Lines over a number, below their names.</summary>
    public static XElement[] Lines(string name, PlotModel model) => [Legend(model), Write(model, name, Width)];

    /// <summary>Lines over a number; one with fewer than two points is left out.</summary>
    /// <param name="below">What the number is.</param>
    /// <param name="curves">Points that are not finite are left out.</param>
    public static PlotModel Model(string below, IEnumerable<(string Name, IEnumerable<(double X, double Y)> Points)> curves)
    {
        var model = Model(below, double.NaN);
        foreach (var (title, points) in curves)
        {
            var series =
                new LineSeries { Title = title, Color = Colors[model.Series.Count % Colors.Length], StrokeThickness = 2 };
            series.Points.AddRange(points.Where(point => double.IsFinite(point.Y)).Select(point =>
                new DataPoint(point.X, point.Y)));
            if (series.Points.Count > 1) model.Series.Add(series);
        }

        return model;
    }

    /// <summary>A picture by itself, on white, with a title and a legend.</summary>
    public static string Document(PlotModel model, string title, double width = Width, double height = Height)
    {
        model.Title = title;
        model.Background = OxyColors.White;
        model.Culture = CultureInfo.InvariantCulture;
        model.Legends.Add(new Legend { LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.RightTop });

        // Beside the picture: names in a row would run into each other where letters are wider than measured.
        var exporter =
            new SvgExporter { Width = width + LegendWidth, Height = height, UseVerticalTextAlignmentWorkaround = true };
        return exporter.ExportToString(model);
    }

    /// <summary>A reliability diagram: the share of right predictions over their confidence, beside the line of one that is
    /// calibrated.</summary>
    public static XElement[] Reliability(string name, IReadOnlyList<CalibrationBin> bins)
    {
        var model = ReliabilityModel(bins);
        return [Legend(model), Write(model, name, 420)];
    }

    /// <summary>The diagram's bars and line.</summary>
    public static PlotModel ReliabilityModel(IReadOnlyList<CalibrationBin> bins)
    {
        var model = Model("confidence", 1);
        var bars = new RectangleBarSeries { Title = "accuracy", FillColor = Colors[4], StrokeColor = Colors[0],
            StrokeThickness = 1 };
        foreach (var bin in bins.Where(bin => bin.Count > 0))
            bars.Items.Add(new RectangleBarItem(bin.From, 0, bin.To, bin.Accuracy));
        var ideal = new LineSeries { Title = "calibrated", Color = Colors[1], LineStyle = LineStyle.Dash, StrokeThickness = 2 };
        ideal.Points.AddRange([new DataPoint(0, 0), new DataPoint(1, 1)]);
        model.Series.Add(bars);
        model.Series.Add(ideal);
        return model;
    }

    private static PlotModel Model(string below, double highest)
    {
        // A browser's letters are wider than those that OxyPlot measures: without room on the left, numbers would be cut off.
        var model = new PlotModel
        {
            DefaultFont = "system-ui, sans-serif", Background = OxyColors.Transparent, PlotAreaBorderColor = OxyColors.Gray,
            Padding = new OxyThickness(28, 8, 12, 8),
        };
        model.Axes.Add(Axis(AxisPosition.Bottom, below));
        model.Axes.Add(Axis(AxisPosition.Left, null));
        if (!double.IsNaN(highest))
        {
            foreach (var axis in model.Axes) (axis.Minimum, axis.Maximum) = (0, highest);
        }

        return model;
    }

    /// <summary>The names of a picture's parts beside their colours, in the page's own text, whose width only the browser knows:
    /// a legend in the picture would be cut off.</summary>
    internal static XElement Legend(PlotModel model) =>
        new("p", new XAttribute("class", "legend"), model.Series.Select(series => new XElement(
        "span",
        new XElement("i", new XAttribute("style", $"background:{Color(series)}")), series.Title)));

    private static string Color(Series series)
    {
        var color = series switch
        {
            LineSeries line => line.Color,
            ScatterSeries points => points.MarkerFill,
            _ => ((RectangleBarSeries)series).FillColor,
        };
        return $"rgb({color.R}, {color.G}, {color.B})";
    }

    private static LinearAxis Axis(AxisPosition position, string? title) => new()
    {
        Position = position, Title = title, AxisTitleDistance = 10, MajorGridlineStyle = LineStyle.Solid,
            MajorGridlineColor = OxyColor.FromArgb(60, 128, 128, 128),
        MinorTickSize = 0, TicklineColor = OxyColors.Gray,
    };

    /// <summary>A picture that takes the page's width, colours and font.</summary>
    internal static XElement Write(PlotModel model, string name, double width, double height = Height)
    {
        model.Culture = CultureInfo.InvariantCulture;
        var exporter =
            new SvgExporter { Width = width, Height = height, UseVerticalTextAlignmentWorkaround = true, IsDocument = false };
        var drawn = XElement.Parse(exporter.ExportToString(model));

        // A page has several pictures: names of parts must be its own, and sizes follow the page.
        string prefix = string.Concat(name.Where(char.IsAsciiLetterOrDigit));
        foreach (var attribute in drawn.DescendantsAndSelf().Attributes().ToList())
        {
            if (attribute.Name.LocalName == "id") attribute.Value = prefix + attribute.Value;
            else if (attribute.Value.StartsWith("url(#", StringComparison.Ordinal))
                attribute.Value = "url(#" + prefix + attribute.Value[5..];
        }

        drawn.SetAttributeValue("width", null);
        drawn.SetAttributeValue("height", null);
        drawn.SetAttributeValue("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}"));
        drawn.SetAttributeValue("class", "picture");
        drawn.SetAttributeValue("role", "img");
        drawn.SetAttributeValue("aria-label", name);
        drawn.SetAttributeValue("style", string.Create(CultureInfo.InvariantCulture, $"max-width:{width}px"));
        foreach (var text in drawn.Descendants(Svg + "text")) text.SetAttributeValue("fill", "currentColor");
        return drawn;
    }
}
