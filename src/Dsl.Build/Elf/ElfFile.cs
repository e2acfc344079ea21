using System.Text;

namespace Dsl.Build.Elf;

/// <summary>
/// A shared library of 64-bit Linux on x86-64, read by its section headers. Every read is checked against the file's end.
/// </summary>
internal sealed class ElfFile
{
    private const int HeaderSize = 64;
    private const int SectionHeaderSize = 64;
    private const int X64 = 62;
    private const int SharedObject = 3;

    private readonly byte[] _content;

    public ElfFile(byte[] content)
    {
        _content = content;
        if (content.Length < HeaderSize || content[0] != 0x7f || content[1] != 'E' || content[2] != 'L' || content[3] != 'F')
        {
            throw new UnexpectedFileException("it is not an ELF file");
        }

        if (content[4] != 2 || content[5] != 1 || UInt16(18) != X64 || UInt16(16) != SharedObject)
        {
            throw new UnexpectedFileException("it is an ELF file, but not a 64-bit shared library for x86-64");
        }

        Sections = ReadSections();
    }

    public IReadOnlyList<ElfSection> Sections { get; }

    public byte[] Copy() => (byte[])_content.Clone();

    /// <summary>The only section of a type.</summary>
    public ElfSection Section(ElfSectionType type) => TrySection(type)
        ?? throw new UnexpectedFileException($"it has no section of type {type}: was it stripped of its section headers?");

    /// <summary>The only section of a type, or null where there is none.</summary>
    public ElfSection? TrySection(ElfSectionType type)
    {
        var found = Sections.Where(section => section.Type == type).ToList();
        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => throw new UnexpectedFileException($"it has {found.Count} sections of type {type} where one is expected"),
        };
    }

    /// <summary>The section that another one names as belonging to it, as symbols do their texts.</summary>
    public ElfSection LinkedBy(ElfSection section) => section.Link < Sections.Count
        ? Sections[section.Link]
        : throw new UnexpectedFileException($"a section of type {section.Type} names section {section.Link} of {Sections.Count}");

    public byte Byte(long position)
    {
        Require(position, 1);
        return _content[position];
    }

    public ushort UInt16(long position)
    {
        Require(position, 2);
        return (ushort)(_content[position] | (_content[position + 1] << 8));
    }

    public uint UInt32(long position) => UInt16(position) | ((uint)UInt16(position + 2) << 16);

    /// <summary>The text of a string table that starts at an offset and ends at its zero.</summary>
    public string Text(ElfSection texts, uint offset)
    {
        long start = texts.Offset + offset;
        long end = start;
        while (offset < texts.Size && end < texts.Offset + texts.Size && Byte(end) != 0)
        {
            end++;
        }

        return offset < texts.Size
            ? Encoding.ASCII.GetString(_content, (int)start, (int)(end - start))
            : throw new UnexpectedFileException($"a name lies at {offset} of a table of {texts.Size} bytes");
    }

    private List<ElfSection> ReadSections()
    {
        long table = UInt64(40);
        int count = UInt16(60);
        if (UInt16(58) != SectionHeaderSize || count == 0)
        {
            throw new UnexpectedFileException("it has no section headers, by which its symbols are found");
        }

        Require(table, (long)count * SectionHeaderSize);
        return [.. Enumerable.Range(0, count).Select(index => ReadSection(table + (index * (long)SectionHeaderSize)))];
    }

    private ElfSection ReadSection(long header)
    {
        var type = (ElfSectionType)UInt32(header + 4);
        // Such a section (.bss) has a size in memory and no bytes in the file.
        bool empty = type is ElfSectionType.None or ElfSectionType.NoBits;
        var section = new ElfSection(
            type,
            offset: empty ? 0 : UInt64(header + 24),
            size: empty ? 0 : UInt64(header + 32),
            link: (int)UInt32(header + 40),
            entries: (int)UInt32(header + 44));
        Require(section.Offset, section.Size);
        return section;
    }

    private long UInt64(long position) => checked((long)(UInt32(position) | ((ulong)UInt32(position + 4) << 32)));

    private void Require(long position, long size)
    {
        if (position < 0 || size < 0 || position > _content.Length || size > _content.Length - position)
        {
            throw new UnexpectedFileException(
                $"it is cut short or damaged: {size} bytes are expected at {position}, but it ends at {_content.Length}");
        }
    }
}
