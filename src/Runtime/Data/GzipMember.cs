using System.IO.Compression;

namespace Dsl.Runtime;

/// <summary>
/// One of the parts that a gzip file may be put together from: a header, compressed content, its checksum and length.
/// </summary>
internal static class GzipMember
{
    private const int HasChecksum = 1 << 1, HasExtra = 1 << 2, HasName = 1 << 3, HasComment = 1 << 4, Reserved = 0b1110_0000;

    /// <summary>Reads a member to its last byte, and not beyond.</summary>
    /// <param name="file">The file, at the member's start.</param>
    /// <param name="name">What errors call it.</param>
    /// <returns>Bytes of its content.</returns>
    /// <exception cref="InvalidDataException">The member is damaged or cut short.</exception>
    public static long Read(Stream file, string name)
    {
        try
        {
            SkipHeader(file, name);
            var (checksum, length) = Inflate(file, name);
            Span<byte> trailer = stackalloc byte[8];
            file.ReadExactly(trailer);
            return GzipContent.IsTrailer(trailer, checksum, length)
                ? length
                : throw new InvalidDataException(
                    $"{name} is a damaged gzip file: its content has another checksum than its end says.");
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException($"{name} is a gzip file that is cut short: fetch or write it again.", error);
        }
    }

    private static void SkipHeader(Stream file, string name)
    {
        Span<byte> header = stackalloc byte[10];
        file.ReadExactly(header);
        if (header[0] != 0x1F || header[1] != 0x8B || header[2] != 8 || (header[3] & Reserved) != 0)
        {
            throw new InvalidDataException(
                $"{name} is a damaged gzip file: what follows at byte {file.Position - 10} is not gzip.");
        }

        var flags = header[3];
        if ((flags & HasExtra) != 0)
        {
            Skip(file, Next(file) | (Next(file) << 8));
        }

        if ((flags & HasName) != 0)
        {
            SkipText(file);
        }

        if ((flags & HasComment) != 0)
        {
            SkipText(file);
        }

        if ((flags & HasChecksum) != 0)
        {
            Skip(file, 2);
        }
    }

    private static (Crc32 Checksum, long Length) Inflate(Stream file, string name)
    {
        var checksum = default(Crc32);
        long length = 0;
        var single = new SingleBytes(file);
        using var content = new DeflateStream(single, CompressionMode.Decompress);
        var buffer = new byte[1 << 16];
        try
        {
            for (int read; (read = content.Read(buffer)) > 0;)
            {
                checksum.Add(buffer.AsSpan(0, read));
                length += read;
            }
        }
        catch (InvalidDataException error)
        {
            throw new InvalidDataException($"{name} is a damaged gzip file: {error.Message}", error);
        }

        return single.HasEnded ? throw new EndOfStreamException() : (checksum, length);
    }

    private static void SkipText(Stream file)
    {
        while (Next(file) != 0)
        {
        }
    }

    private static void Skip(Stream file, int count)
    {
        for (; count > 0; count--)
        {
            Next(file);
        }
    }

    private static int Next(Stream file) => file.ReadByte() is var value and >= 0 ? value : throw new EndOfStreamException();

    /// <summary>A stream that gives one byte at a time: the inflater then has none left over when its content ends.</summary>
    private sealed class SingleBytes(Stream file) : Stream
    {
        /// <summary>Whether more was asked for than there is.</summary>
        public bool HasEnded { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = buffer.IsEmpty ? 0 : file.Read(buffer[..1]);
            HasEnded |= read == 0 && !buffer.IsEmpty;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
