using System.Globalization;
using System.Xml.Linq;

namespace Dsl.Inspect.Diagrams;

/// <summary>A diagram as an SVG element whose colours come from the page's style sheet.</summary>
internal static class SvgWriter
{
    public static XElement Write(Diagram diagram, string title)
    {
        var layout = new LayeredLayout(diagram);
        return new XElement("svg",
            new XAttribute("class", "diagram"), new XAttribute("role", "img"),
            new XAttribute("width", Number(layout.TotalWidth)), new XAttribute("height", Number(layout.TotalHeight)),
            new XAttribute("viewBox", $"0 0 {Number(layout.TotalWidth)} {Number(layout.TotalHeight)}"),
            new XElement("title", title),
            layout.Arrows.Select(Draw), layout.Boxes.Select(Draw),
            layout.Arrows.Where(arrow => !arrow.Arrow.IsBack)
                .Select(arrow => Label(arrow, layout.Arrows.Count(other => other.Points[0] == arrow.Points[0]) > 1)),
            layout.Arrows.Where(arrow => arrow.Arrow.IsBack).DistinctBy(arrow => (arrow.Arrow.From, arrow.Arrow.Label))
                .Select(LabelBack));
    }

    private static XElement Draw(PlacedBox placed)
    {
        var box = placed.Box;
        double middle = placed.Y + (placed.Height / 2);
        string radius = box.Kind is BoxKind.Data or BoxKind.Transformation ? "14" : "5";
        var group = new XElement("g", new XAttribute("class", $"box {box.Kind.ToString().ToLowerInvariant()}"),
            new XElement("rect", At("x", placed.X), At("y", placed.Y), At("width", placed.Width), At("height", placed.Height),
                new XAttribute("rx", radius)),
            Text(box.Title, placed.Center, box.Detail.Length == 0 ? middle + 4.5 : middle - 3, "name"));
        if (box.Detail.Length > 0) group.Add(Text(box.Detail, placed.Center, middle + 13, "detail"));
        return group;
    }

    private static IEnumerable<XElement> Draw(PlacedArrow arrow)
    {
        var points = arrow.Points;
        string path = $"M{Point(points[0])}";
        for (int i = 1; i < points.Count; i++)
        {
            double half = (points[i - 1].Y + points[i].Y) / 2;
            path += arrow.Arrow.IsBack ? $" L{Point(points[i])}"
                : $" C{Point((points[i - 1].X, half))} {Point((points[i].X, half))} {Point(points[i])}";
        }

        yield return new XElement(
            "path", new XAttribute("class", arrow.Arrow.IsBack ? "arrow back" : "arrow"), new XAttribute("d", path));
        var (x, y) = points[^1];
        yield return new XElement(
            "path", new XAttribute("class", "head"), new XAttribute("d", $"M{Point((x, y))} l-4,-8 l8,0 z"));
    }

    // Where arrows part, the label stands near the end, else near the start: there they are apart.
    private static XElement? Label(PlacedArrow arrow, bool parts)
    {
        if (arrow.Arrow.Label.Length == 0) return null;
        var (from, to) = (arrow.Points[0], arrow.Points[1]);
        double share = arrow.Points.Count > 2 || from.X == to.X ? 0.5 : parts ? 0.65 : 0.35;

        // A Bézier curve that leaves and arrives upright.
        double x = from.X + ((to.X - from.X) * share * share * (3 - (2 * share)));
        return Text(arrow.Arrow.Label, x + 6, from.Y + ((to.Y - from.Y) * share) + 4, "label");
    }

    private static XElement LabelBack(PlacedArrow arrow) =>
        Text(arrow.Arrow.Label, arrow.Points[1].X + 6, (arrow.Points[1].Y + arrow.Points[2].Y) / 2, "label");

    private static XElement Text(string text, double x, double y, string style) =>
        new("text", new XAttribute("class", style), At("x", x), At("y", y), text);

    private static XAttribute At(string name, double value) => new(name, Number(value));

    private static string Point((double X, double Y) point) => $"{Number(point.X)},{Number(point.Y)}";

    private static string Number(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);
}
