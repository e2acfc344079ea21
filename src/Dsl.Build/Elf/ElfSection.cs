namespace Dsl.Build.Elf;

/// <summary>A section's place in the file, the section that belongs to it, and how many entries it states.</summary>
internal sealed class ElfSection(ElfSectionType type, long offset, long size, int link, int entries)
{
    public ElfSectionType Type => type;

    public long Offset => offset;

    public long Size => size;

    public int Link => link;

    public int Entries => entries;

    /// <summary>Where entries of one size begin.</summary>
    public IEnumerable<long> Positions(int entrySize)
    {
        if (size % entrySize != 0)
        {
            throw new UnexpectedFileException($"a section of type {type} has {size} bytes, which are no entries of {entrySize}");
        }

        for (long position = offset; position < offset + size; position += entrySize)
        {
            yield return position;
        }
    }
}
