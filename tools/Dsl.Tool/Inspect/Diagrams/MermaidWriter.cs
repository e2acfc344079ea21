using System.Text;

namespace Dsl.Inspect.Diagrams;

/// <summary>A diagram as Mermaid text, which GitHub and many editors draw.</summary>
internal static class MermaidWriter
{
    public static string Write(Diagram diagram)
    {
        var text = new StringBuilder("flowchart TD\n");
        foreach (var box in diagram.Boxes)
        {
            string label = Quote(box.Detail.Length == 0 ? box.Title : $"{box.Title}\n{box.Detail}");
            text.Append($"    {box.Id}{Shape(box.Kind, label)}\n");
        }

        foreach (var arrow in diagram.Arrows)
        {
            string line = arrow.IsBack ? "-.->" : "-->";
            text.Append($"    {arrow.From} {line}{(arrow.Label.Length == 0 ? "" : $"|{Quote(arrow.Label)}|")} {arrow.To}\n");
        }

        return text.ToString();
    }

    private static string Shape(BoxKind kind, string label) => kind switch
    {
        BoxKind.Data => $"[/{label}/]",
        BoxKind.Transformation => $"([{label}])",
        BoxKind.Network or BoxKind.Teacher => $"[[{label}]]",
        BoxKind.Loss => $"{{{{{label}}}}}",
        _ => $"[{label}]",
    };

    // Inside of quotes, Mermaid reads entities alone.
    private static string Quote(string text)
    {
        string escaped = text.Replace("&", "&amp;").Replace("\"", "&quot;").Replace("<", "&lt;").Replace(">", "&gt;");
        return $"\"{escaped.Replace("\n", "<br/>")}\"";
    }
}
