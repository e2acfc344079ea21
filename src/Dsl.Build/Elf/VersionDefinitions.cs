namespace Dsl.Build.Elf;

/// <summary>The versions of symbols that a library offers.</summary>
internal static class VersionDefinitions
{
    public static IReadOnlyList<string> Read(ElfFile file)
    {
        var section = file.Section(ElfSectionType.VersionDefinitions);
        var texts = file.LinkedBy(section);
        var names = new List<string>();
        long definition = section.Offset;
        for (int left = section.Entries; left > 0; left--)
        {
            // The first of its names is its own; others are those of its parents.
            names.Add(file.Text(texts, file.UInt32(definition + file.UInt32(definition + 12))));
            definition += file.UInt32(definition + 16);
        }

        return names;
    }
}
