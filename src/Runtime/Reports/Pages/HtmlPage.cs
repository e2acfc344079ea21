using System.Xml.Linq;

namespace Dsl.Runtime;

/// <summary>A page that needs no network: what stands around its content.</summary>
internal static class HtmlPage
{
    /// <summary>The page as text.</summary>
    /// <param name="title">What a browser calls it.</param>
    /// <param name="body">Its <c>body</c>.</param>
    public static string Write(string title, XElement body)
    {
        var html = new XElement("html", new XAttribute("lang", "en"),
            new XElement("head",
                new XElement("meta", new XAttribute("charset", "utf-8")),
                new XElement("meta", new XAttribute("name", "viewport"),
                    new XAttribute("content", "width=device-width, initial-scale=1")),
                new XElement("title", title),
                new XElement("style", StyleSheet())),
            body);

        // HTML knows no <td/>.
        foreach (var empty in html.Descendants().Where(element => element.IsEmpty && element.Name.Namespace == XNamespace.None
            && element.Name.LocalName is not ("meta" or "img")))
            empty.Value = "";
        return $"<!DOCTYPE html>\n{html.ToString(SaveOptions.DisableFormatting)}\n";
    }

    /// <summary>A table that scrolls where it is wider than the page.</summary>
    public static XElement Table(IReadOnlyList<string> headings, IEnumerable<IEnumerable<string>> rows) =>
        Scroll(new XElement("table",
        new XElement("thead", new XElement("tr", headings.Select(heading => new XElement("th", heading)))),
        new XElement("tbody", rows.Select(row => new XElement("tr", row.Select(cell => new XElement("td", cell)))))));

    /// <summary>Content that scrolls where it is wider than the page.</summary>
    public static XElement Scroll(XElement content) => new("div", new XAttribute("class", "scroll"), content);

    private static string StyleSheet()
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream("run-page.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
