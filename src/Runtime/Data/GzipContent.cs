using System.Buffers.Binary;
using System.IO.Compression;

namespace Dsl.Runtime;

/// <summary>
/// The content of a gzip file, whose end is an error where the file is damaged or cut short. <see cref="GZipStream"/> ends
/// quietly where its input does, and so half a file would be half a data set.
/// </summary>
/// <param name="file">The seekable file, at its start; it is disposed with this.</param>
/// <param name="name">What errors call it.</param>
internal sealed class GzipContent(Stream file, string name) : Stream
{
    private const int TrailerLength = 8;

    private readonly long _start = file.Position;
    private readonly GZipStream _content = new(file, CompressionMode.Decompress, leaveOpen: true);
    private Crc32 _checksum;
    private long _length;
    private bool _isChecked;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidDataException">The file is damaged or cut short; the message names it.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || _isChecked)
        {
            return 0;
        }

        int read;
        try
        {
            read = _content.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{name} is a damaged gzip file: {error.Message}", error);
        }

        _checksum.Add(buffer[..read]);
        _length += read;
        if (read == 0)
        {
            RequireWhole();
            _isChecked = true;
        }

        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    // Nearly every file has one member, and ends with the checksum and the length of all that was read. Else its members are
    // walked through once more, a byte at a time, because only that tells where each of them ends.
    private void RequireWhole()
    {
        if (file.Length - _start >= TrailerLength)
        {
            Span<byte> trailer = stackalloc byte[TrailerLength];
            file.Position = file.Length - TrailerLength;
            file.ReadExactly(trailer);
            if (IsTrailer(trailer, _checksum, _length))
            {
                return;
            }
        }

        file.Position = _start;
        long length = 0;
        do
        {
            length += GzipMember.Read(file, name);
        }
        while (!IsPadding());

        if (length != _length)
        {
            throw new InvalidDataException($"{name} is a damaged gzip file: {_length} of its {length} bytes could be read.");
        }
    }

    /// <summary>Whether a member ends with what its content is.</summary>
    internal static bool IsTrailer(ReadOnlySpan<byte> trailer, Crc32 checksum, long length) =>
        BinaryPrimitives.ReadUInt32LittleEndian(trailer) == checksum.Value
        && BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]) == (uint)length;

    // Tapes and disks fill a file up with zeros, and gzip's own tool ignores them.
    private bool IsPadding()
    {
        var place = file.Position;
        for (int value; (value = file.ReadByte()) >= 0;)
        {
            if (value != 0)
            {
                file.Position = place;
                return false;
            }
        }

        return true;
    }
}
