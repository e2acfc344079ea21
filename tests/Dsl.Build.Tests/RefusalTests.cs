using System.Text;
using Dsl.Build.Elf;
using Xunit;

namespace Dsl.Build.Tests;

public class RefusalTests
{
    [Fact]
    public void Text_is_refused() => Refused(Encoding.ASCII.GetBytes(new string('x', 200)), "it is not an ELF file");

    [Fact]
    public void An_empty_file_is_refused() => Refused([], "it is not an ELF file");

    [Fact]
    public void A_library_of_32_bits_is_refused() => Refused(With(4, 1), "not a 64-bit shared library for x86-64");

    [Fact]
    public void A_library_of_another_processor_is_refused() => Refused(With(18, 183), "not a 64-bit shared library for x86-64");

    [Fact]
    public void A_program_is_refused() => Refused(With(16, 2), "not a 64-bit shared library for x86-64");

    [Theory]
    [InlineData(64)]
    [InlineData(1000)]
    [InlineData(300_000)]
    [InlineData(2_000_000)]
    public void A_file_that_is_cut_short_is_refused(int length) =>
        Refused(File.ReadAllBytes(Natives.TorchSharp)[..length], "cut short or damaged");

    [Fact]
    public void A_file_without_section_headers_is_refused() => Refused(With(60, 0, 0), "no section headers");

    [Fact]
    public void Damage_is_refused_or_harmless()
    {
        // Whatever bytes stand in the tables: no other exception, no read past the end, no endless loop.
        byte[] original = File.ReadAllBytes(Natives.TorchSharp);
        var random = new Random(1);
        var file = new ElfFile(original);
        var tables = new[] { ElfSectionType.VersionNeeds, ElfSectionType.SymbolVersions, ElfSectionType.DynamicSymbols };
        for (int round = 0; round < 30; round++)
        {
            byte[] content = (byte[])original.Clone();
            var table = file.Section(tables[round % tables.Length]);
            for (int change = 0; change < 20; change++)
            {
                content[table.Offset + random.NextInt64(table.Size)] = (byte)random.Next(256);
            }

            Exception? thrown = Record.Exception(() => SymbolVersionMend.Find(new(content))?.Apply());
            Assert.True(thrown is null or UnexpectedFileException, thrown?.ToString());
        }
    }

    private static void Refused(byte[] content, string because)
    {
        var exception = Assert.Throws<UnexpectedFileException>(() => SymbolVersionMend.Find(new(content)));
        Assert.Contains(because, exception.Message, StringComparison.Ordinal);
    }

    private static byte[] With(int position, params byte[] value)
    {
        byte[] content = File.ReadAllBytes(Natives.TorchSharp);
        value.CopyTo(content, position);
        return content;
    }
}
