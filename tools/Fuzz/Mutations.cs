namespace Fuzz;

/// <summary>Small changes of files, for a fuzzer that knows nothing of what it reads.</summary>
/// <param name="random">Where the changes come from.</param>
internal sealed class Mutations(Random random)
{
    private static readonly int[] Notable = [0, 1, -1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, int.MaxValue, int.MinValue];

    /// <summary>A file with one to eight changes.</summary>
    /// <param name="corpus">Other files, to take parts of.</param>
    public byte[] Of(byte[] content, IReadOnlyList<byte[]> corpus)
    {
        List<byte> changed = [.. content];
        for (int change = 1 << random.Next(4); change > 0; change--) Change(changed, corpus[random.Next(corpus.Count)]);
        return [.. changed];
    }

    private void Change(List<byte> content, byte[] other)
    {
        int place = content.Count == 0 ? 0 : random.Next(content.Count);
        int length = Math.Min(1 << random.Next(6), content.Count - place);
        switch (content.Count == 0 ? 4 : random.Next(8))
        {
            case 0:
                content[place] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                content[place] = (byte)random.Next(256);
                break;
            case 2:
                content.RemoveRange(place, length);
                break;
            case 3:
                content.InsertRange(place, content.GetRange(place, length));
                break;
            case 4:
                var bytes = new byte[1 + random.Next(8)];
                random.NextBytes(bytes);
                content.InsertRange(place, bytes);
                break;
            case 5:
                byte[] number = BitConverter.GetBytes(Notable[random.Next(Notable.Length)]);
                if (random.Next(2) == 0) Array.Reverse(number);
                for (int i = 0; i < number.Length && place + i < content.Count; i++) content[place + i] = number[i];
                break;
            case 6:
                content.RemoveRange(place, content.Count - place);
                break;
            default:
                if (other.Length == 0) break;
                int from = random.Next(other.Length);
                content.InsertRange(place, other.AsSpan(from, Math.Min(1 << random.Next(7), other.Length - from)).ToArray());
                break;
        }
    }
}
