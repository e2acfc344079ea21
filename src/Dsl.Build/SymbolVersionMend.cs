using Dsl.Build.Elf;

namespace Dsl.Build;

/// <summary>
/// libLibTorchSharp.so is compiled by GCC 13, whose headers make each file with iostreams ask the C++ library for the
/// version GLIBCXX_3.4.32 by naming one function of it. Nothing in the file calls that function or takes its address: the
/// name alone stands there, so that the loader refuses older C++ libraries, with which a file has to set up the streams
/// itself. libtorch, which is always loaded before, does so for the whole process. The mend makes that one demand a wish: of
/// the version (a flag) and of the symbol (its binding).
/// </summary>
internal sealed class SymbolVersionMend
{
    public const string Library = "libstdc++.so.6";
    public const string Version = "GLIBCXX_3.4.32";

    private const string Proof = "_ZSt21ios_base_library_initv";
    private const int GlobalBinding = 1;
    private const int WeakBinding = 2;

    private readonly ElfFile _file;
    private readonly VersionNeed _need;
    private readonly DynamicSymbol _symbol;

    private SymbolVersionMend(ElfFile file, VersionNeed need, DynamicSymbol symbol)
    {
        _file = file;
        _need = need;
        _symbol = symbol;
    }

    /// <summary>The mend that a file needs; null where it does not ask for the version, or only wishes for it.</summary>
    public static SymbolVersionMend? Find(ElfFile file)
    {
        var need = VersionNeed.Read(file).SingleOrDefault(need => need.Library == Library && need.Name == Version);
        if (need is null || need.IsWeak)
        {
            return null;
        }

        var symbols = DynamicSymbol.Read(file).Where(symbol => symbol.Version == need.Number).ToList();
        if (symbols.Count != 1 || symbols[0] is not { Name: Proof, IsImported: true } symbol || symbol.Info >> 4 != GlobalBinding)
        {
            string names = string.Join(", ", symbols.Select(symbol => symbol.Name));
            throw new UnexpectedFileException($"of {Version} it wants {names}, where only {Proof} can be done without");
        }

        return Relocation.SymbolNumbers(file).Contains(symbol.Number)
            ? throw new UnexpectedFileException($"it uses the address of {Proof}, which should only be named")
            : new(file, need, symbol);
    }

    /// <summary>The mended content.</summary>
    public byte[] Apply()
    {
        byte[] content = _file.Copy();
        content[_need.FlagsPosition] = (byte)(_need.Flags | VersionNeed.Weak);
        content[_symbol.InfoPosition] = (byte)((WeakBinding << 4) | (_symbol.Info & 0xf));
        return content;
    }
}
