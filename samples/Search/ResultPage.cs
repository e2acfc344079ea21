using System.Globalization;
using System.Text;
using Dsl.Runtime;
using static TorchSharp.torch;

namespace Search;

/// <summary>Pictures with their neighbours as a page.</summary>
public static class ResultPage
{
    private const int Rows = 12, Neighbors = 10;

    public static string Of(PictureIndex index, InMemoryData asked, int first)
    {
        first = Math.Clamp(first, 0, (int)asked.Count - Rows);
        using var pictures = asked.Inputs.narrow(0, first, Rows).alias();
        var found = index.Find(pictures, Neighbors);
        long[] digits = asked.Labels.data<long>().ToArray();
        var page = new StringBuilder();
        page.Append("""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Similar digits</title><style>
            body { font: 15px system-ui; margin: 24px } td { padding: 4px; text-align: center }
            img { width: 48px; height: 48px; image-rendering: pixelated; border: 3px solid #2a7 }
            img.other { border-color: #c33 } td.asked img { border-color: #888 }
            </style></head><body><h1>Similar digits</h1>
            <p>On the left a picture that training did not see, then the pictures of the gallery whose embeddings are
            nearest: green where they show the same digit, red where another. Below each is 1 − cos.</p><table>
            """);
        for (int row = 0; row < Rows; row++)
        {
            long digit = digits[first + row];
            page.Append(CultureInfo.InvariantCulture,
                $"<tr><td class=\"asked\"><img src=\"/asked/{first + row}.png\" alt=\"a {digit}\"><br>{digit}</td>");
            foreach (var each in found[row])
            {
                string mark = each.Digit == digit ? "same" : "other";
                page.Append(CultureInfo.InvariantCulture,
                    $"<td><img class=\"{mark}\" src=\"/gallery/{each.Place}.png\" alt=\"a {each.Digit}\"><br>");
                page.Append(CultureInfo.InvariantCulture, $"{each.Distance:0.000}</td>");
            }

            page.Append("</tr>\n");
        }

        page.Append(CultureInfo.InvariantCulture,
            $"</table><p><a href=\"/?first={Math.Max(0, first - Rows)}\">earlier</a> ");
        page.Append(CultureInfo.InvariantCulture, $"<a href=\"/?first={first + Rows}\">later</a></p></body></html>");
        return page.ToString();
    }
}
