namespace Dsl.Runtime;

/// <summary>The checksum of gzip (IEEE 802.3, reflected), over bytes that come in pieces.</summary>
internal struct Crc32
{
    private static readonly uint[] Table = BuildTable();

    private uint _state;

    /// <summary>The checksum of what was added so far.</summary>
    public readonly uint Value => _state;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        var state = ~_state;
        foreach (var value in bytes)
        {
            state = Table[(byte)(state ^ value)] ^ (state >> 8);
        }

        _state = ~state;
    }

    private static uint[] BuildTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            var entry = i;
            for (var bit = 0; bit < 8; bit++)
            {
                entry = (entry & 1) == 0 ? entry >> 1 : 0xEDB88320u ^ (entry >> 1);
            }

            table[i] = entry;
        }

        return table;
    }
}
