namespace Dsl.Build.Elf;

/// <summary>The types of sections that are read here, with ELF's own numbers.</summary>
internal enum ElfSectionType : uint
{
    None = 0,
    RelocationsWithAddend = 4,
    NoBits = 8,
    Relocations = 9,
    DynamicSymbols = 11,
    VersionDefinitions = 0x6ffffffd,
    VersionNeeds = 0x6ffffffe,
    SymbolVersions = 0x6fffffff,
}
