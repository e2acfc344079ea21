namespace Dsl.Build.Elf;

/// <summary>
/// A version of symbols that a library wants of another one; the loader refuses where it is missing and not weak.
/// </summary>
internal sealed class VersionNeed(string library, string name, ushort number, long flagsPosition, ushort flags)
{
    /// <summary>The flag that makes a version a wish.</summary>
    public const ushort Weak = 2;

    private const int LibrarySize = 16;
    private const int VersionSize = 16;

    public string Library => library;

    public string Name => name;

    public ushort Number => number;

    public long FlagsPosition => flagsPosition;

    public ushort Flags => flags;

    public bool IsWeak => (flags & Weak) != 0;

    public static IReadOnlyList<VersionNeed> Read(ElfFile file)
    {
        var section = file.Section(ElfSectionType.VersionNeeds);
        var texts = file.LinkedBy(section);
        var needs = new List<VersionNeed>();
        // Entries are chained by distances: of libraries, and under each its versions.
        long library = section.Offset;
        for (int left = section.Entries; left > 0; left--)
        {
            RequireInside(section, library, LibrarySize);
            string libraryName = file.Text(texts, file.UInt32(library + 4));
            long version = library + file.UInt32(library + 8);
            for (int versions = file.UInt16(library + 2); versions > 0; versions--)
            {
                RequireInside(section, version, VersionSize);
                needs.Add(new(
                    libraryName,
                    file.Text(texts, file.UInt32(version + 8)),
                    (ushort)(file.UInt16(version + 6) & 0x7fff),
                    version + 4,
                    file.UInt16(version + 4)));
                version += file.UInt32(version + 12);
            }

            library += file.UInt32(library + 12);
        }

        return needs;
    }

    private static void RequireInside(ElfSection section, long position, int size)
    {
        if (position < section.Offset || position + size > section.Offset + section.Size)
        {
            throw new UnexpectedFileException($"a wanted version lies at {position}, outside of their section");
        }
    }
}
