using Dsl.Build.Elf;
using Xunit;

namespace Dsl.Build.Tests;

public class SymbolVersionMendTests
{
    private static readonly byte[] Original = File.ReadAllBytes(Natives.TorchSharp);

    [Fact]
    public void The_packages_file_asks_for_the_version_and_the_mended_one_wishes_for_it()
    {
        Assert.False(Need(Original).IsWeak);
        Assert.True(Need(Mended()).IsWeak);
    }

    [Fact]
    public void No_symbol_of_the_version_is_needed_any_more()
    {
        byte[] mended = Mended();
        ushort version = Need(mended).Number;
        var symbol = Assert.Single(DynamicSymbol.Read(new(mended)), symbol => symbol.Version == version);
        Assert.True(symbol.IsImported);
        Assert.Equal(2, symbol.Info >> 4);
    }

    [Fact]
    public void Two_bytes_are_others_and_nothing_else()
    {
        byte[] mended = Mended();
        Assert.Equal(Original.Length, mended.Length);
        Assert.Equal(2, Original.Zip(mended).Count(pair => pair.First != pair.Second));
    }

    [Fact]
    public void All_other_needs_and_symbols_stay()
    {
        var before = new ElfFile(Original);
        var after = new ElfFile(Mended());
        Assert.Equal(
            VersionNeed.Read(before).Where(need => need.Name != SymbolVersionMend.Version).Select(Describe),
            VersionNeed.Read(after).Where(need => need.Name != SymbolVersionMend.Version).Select(Describe));
        Assert.Equal(
            DynamicSymbol.Read(before).Select(symbol => (symbol.Name, symbol.Version)),
            DynamicSymbol.Read(after).Select(symbol => (symbol.Name, symbol.Version)));
    }

    [Fact]
    public void A_mended_file_needs_no_mend() => Assert.Null(SymbolVersionMend.Find(new(Mended())));

    [Fact]
    public void A_file_that_never_asked_needs_no_mend() =>
        Assert.Null(SymbolVersionMend.Find(new(File.ReadAllBytes(Path.Combine(Natives.LibTorchFolder, "libc10.so")))));

    [Fact]
    public void A_file_that_uses_the_symbol_is_refused()
    {
        // Gives the first relocation that has a symbol the number of the proof.
        byte[] content = (byte[])Original.Clone();
        var file = new ElfFile(content);
        int proof = DynamicSymbol.Read(file).Single(symbol => symbol.Version == Need(content).Number).Number;
        var relocations = file.Sections.First(section => section.Type == ElfSectionType.RelocationsWithAddend);
        BitConverter.TryWriteBytes(content.AsSpan((int)relocations.Offset + 12), proof);

        var exception = Assert.Throws<UnexpectedFileException>(() => SymbolVersionMend.Find(new(content)));
        Assert.Contains("uses the address of _ZSt21ios_base_library_initv", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_wants_another_symbol_of_the_version_is_refused()
    {
        byte[] content = (byte[])Original.Clone();
        var file = new ElfFile(content);
        var versions = file.Section(ElfSectionType.SymbolVersions);
        var other = DynamicSymbol.Read(file).First(
            symbol => symbol.IsImported && symbol.Name.StartsWith("_ZNSt", StringComparison.Ordinal));
        BitConverter.TryWriteBytes(content.AsSpan((int)versions.Offset + (2 * other.Number)), Need(content).Number);

        var exception = Assert.Throws<UnexpectedFileException>(() => SymbolVersionMend.Find(new(content)));
        Assert.Contains(other.Name, exception.Message, StringComparison.Ordinal);
    }

    private static byte[] Mended() => SymbolVersionMend.Find(new(Original))!.Apply();

    private static VersionNeed Need(byte[] content) =>
        VersionNeed.Read(new(content)).Single(need => need.Name == SymbolVersionMend.Version);

    private static string Describe(VersionNeed need) => $"{need.Library} {need.Name} {need.Number} {need.Flags}";
}
