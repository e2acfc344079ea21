using System.Text;

namespace Dsl.Runtime;

/// <summary>
/// A checksum of a whole safetensors file in its own metadata: SHA-256 of all bytes, with zeros where its own digits stand.
/// </summary>
internal static class FileChecksum
{
    /// <summary>Its name in the metadata.</summary>
    public const string Key = "dsl.sha256";

    /// <summary>What stands in the header until the checksum is known, and for which it is computed.</summary>
    public static readonly string Blank = new('0', 64);

    /// <summary>Where in the header the digits begin, or -1 where it has no such checksum.</summary>
    /// <param name="header">The file up to its elements.</param>
    /// <param name="checksum">The digits.</param>
    public static int Find(ReadOnlySpan<byte> header, string checksum)
    {
        // A quotation mark within a text is escaped: only an entry of the metadata reads like this.
        var entry = Encoding.UTF8.GetBytes($"\"{Key}\":\"{checksum}\"");
        var place = header.IndexOf(entry);
        return place < 0 || checksum.Length != Blank.Length ? -1 : place + entry.Length - 1 - Blank.Length;
    }

    /// <summary>Puts digits into a header.</summary>
    public static void Fill(Span<byte> header, int place, string checksum) =>
        Encoding.ASCII.GetBytes(checksum, header.Slice(place, Blank.Length));
}
