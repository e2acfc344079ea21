using System.Globalization;
using System.Xml.Linq;
using OxyPlot;
using OxyPlot.Axes;
using OxyPlot.Legends;
using OxyPlot.Series;

namespace Dsl.Runtime;

/// <summary>Points by class, drawn by OxyPlot.</summary>
internal static class Scatter
{
    private const double Width = 720, Height = 620;

    /// <summary>A picture for a page, below its legend.</summary>
    /// <param name="name">What it shows, for those who do not see it; starts the names of its parts.</param>
    /// <param name="classes">The points of each class.</param>
    public static XElement[] Figure(string name, IReadOnlyList<(string Name, (double X, double Y)[] Points)> classes)
    {
        var model = Model(classes);
        return [new XElement("figure", Curves.Legend(model), Curves.Write(model, name, Width, Height))];
    }

    /// <summary>A picture by itself, on white, with a title and a legend.</summary>
    public static string Document(string title, IReadOnlyList<(string Name, (double X, double Y)[] Points)> classes)
    {
        var model = Model(classes);
        model.Title = title;
        model.Background = OxyColors.White;
        model.Legends.Add(new Legend { LegendPlacement = LegendPlacement.Outside, LegendPosition = LegendPosition.RightTop });
        var exporter = new SvgExporter { Width = Width, Height = Height, UseVerticalTextAlignmentWorkaround = true };
        return exporter.ExportToString(model);
    }

    private static PlotModel Model(IReadOnlyList<(string Name, (double X, double Y)[] Points)> classes)
    {
        var model = new PlotModel
        {
            DefaultFont = "system-ui, sans-serif", Background = OxyColors.Transparent, PlotAreaBorderColor = OxyColors.Gray,
            PlotType = PlotType.Cartesian, Culture = CultureInfo.InvariantCulture,
        };
        foreach (var position in new[] { AxisPosition.Bottom, AxisPosition.Left })
        {
            model.Axes.Add(new LinearAxis
            {
                Position = position, TickStyle = TickStyle.None, LabelFormatter = _ => "",
                MinimumPadding = 0.03, MaximumPadding = 0.03,
            });
        }

        // Small where there are many: they hide each other.
        double size = Math.Clamp(60 / Math.Sqrt(classes.Sum(each => each.Points.Length)), 1.2, 4);
        for (int i = 0; i < classes.Count; i++)
        {
            var series = new ScatterSeries
            {
                Title = classes[i].Name, MarkerType = MarkerType.Circle, MarkerSize = size, MarkerFill = Color(i, classes.Count),
            };
            series.Points.AddRange(classes[i].Points.Select(point => new ScatterPoint(point.X, point.Y)));
            model.Series.Add(series);
        }

        return model;
    }

    // Neighbours on the circle differ in lightness too.
    private static OxyColor Color(int index, int count) => count <= Curves.Colors.Length
        ? Curves.Colors[index]
        : OxyColor.FromHsv((double)index / count, 0.75, index % 2 == 0 ? 0.85 : 0.6);
}
