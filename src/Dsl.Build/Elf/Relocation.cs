namespace Dsl.Build.Elf;

/// <summary>The places of a library into which the loader writes a symbol's address.</summary>
internal static class Relocation
{
    public static IEnumerable<int> SymbolNumbers(ElfFile file) =>
        from section in file.Sections
        let size = section.Type switch
        {
            ElfSectionType.RelocationsWithAddend => 24,
            ElfSectionType.Relocations => 16,
            _ => 0,
        }
        where size != 0
        from position in section.Positions(size)
        select (int)file.UInt32(position + 12);
}
