using System.Xml.Linq;

namespace Dsl.Runtime;

/// <summary>
/// Pictures on the page of a run: samples of a generator as <see cref="ImageGrid.Png"/> makes them, what an
/// <see cref="InputAttribution"/> says as <see cref="HeatMap.Png"/> does, or any other PNG. They stand in the page itself.
/// </summary>
/// <param name="title">The section's heading.</param>
/// <exception cref="ArgumentException">No title.</exception>
public sealed class PictureSection(string title) : IPageSection
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly List<(byte[] Png, string Caption)> _pictures = [];

    /// <inheritdoc/>
    public string Title { get; } = RequireTitle(title);

    /// <summary>Adds a picture behind the others.</summary>
    /// <param name="png">A PNG file.</param>
    /// <param name="caption">What it shows, in a few words: its heading, and its text for those who do not see it.</param>
    /// <returns>This section, for the next picture.</returns>
    /// <exception cref="ArgumentException">No PNG, or no caption.</exception>
    public PictureSection Add(byte[] png, string caption)
    {
        ArgumentNullException.ThrowIfNull(png);
        ArgumentException.ThrowIfNullOrWhiteSpace(caption);
        if (!png.AsSpan().StartsWith(Signature))
        {
            throw new ArgumentException(
                $"'{caption}' is no PNG: its {png.Length} bytes do not begin with a PNG's signature.", nameof(png));
        }

        _pictures.Add((png, caption));
        return this;
    }

    /// <inheritdoc/>
    public IEnumerable<XElement> Content(int number)
    {
        if (_pictures.Count == 0)
        {
            yield return new XElement("p", new XAttribute("class", "note"), "No pictures.");
            yield break;
        }

        yield return new XElement("div", new XAttribute("class", "pictures"), _pictures.Select(picture => new XElement("figure",
            new XElement("figcaption", picture.Caption),
            new XElement("img", new XAttribute("class", "picture"), new XAttribute("alt", picture.Caption),
                new XAttribute("src", $"data:image/png;base64,{Convert.ToBase64String(picture.Png)}")))));
    }

    private static string RequireTitle(string title)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        return title;
    }
}
