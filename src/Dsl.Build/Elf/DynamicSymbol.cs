namespace Dsl.Build.Elf;

/// <summary>A symbol that the loader sees: what a library offers to others, or wants of them.</summary>
internal sealed class DynamicSymbol(int number, string name, long position, bool isImported, byte info, ushort version)
{
    private const int Size = 24;

    public int Number => number;

    public string Name => name;

    /// <summary>Where its byte of binding (high half) and type (low half) lies in the file.</summary>
    public long InfoPosition => position + 4;

    public byte Info => info;

    public bool IsImported => isImported;

    /// <summary>The number of the version that it has or wants.</summary>
    public ushort Version => version;

    public static IReadOnlyList<DynamicSymbol> Read(ElfFile file)
    {
        var symbols = file.Section(ElfSectionType.DynamicSymbols);
        var texts = file.LinkedBy(symbols);
        var versions = file.Section(ElfSectionType.SymbolVersions);
        if (versions.Size / 2 != symbols.Size / Size)
        {
            throw new UnexpectedFileException($"it has {symbols.Size / Size} symbols, but versions of {versions.Size / 2}");
        }

        return
        [
            .. symbols.Positions(Size).Select((position, number) => new DynamicSymbol(
                number,
                file.Text(texts, file.UInt32(position)),
                position,
                isImported: file.UInt16(position + 6) == 0,
                info: file.Byte(position + 4),
                version: file.UInt16(versions.Offset + (2 * number)))),
        ];
    }
}
