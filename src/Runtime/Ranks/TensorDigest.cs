using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>A number that two tensors have in common when their bits are the same, and else almost never.</summary>
internal static class TensorDigest
{
    /// <summary>The digest of a tensor's elements, row-major.</summary>
    public static unsafe ulong Of(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        var plain = tensor.detach().cpu().contiguous();
        if (plain.numel() == 0) return 0;
        byte* bytes = (byte*)TensorMemory.Pointer(plain);
        long count = plain.numel() * plain.ElementSize;
        ulong digest = (ulong)count;

        // Each step is one to one in the digest before: a single bit that differs stays a difference.
        long whole = count / sizeof(ulong);
        for (long i = 0; i < whole; i++) digest = (digest ^ ((ulong*)bytes)[i]) * 0x9E3779B97F4A7C15 + 1;
        for (long i = whole * sizeof(ulong); i < count; i++) digest = (digest ^ bytes[i]) * 0x9E3779B97F4A7C15 + 1;
        return StreamSeed.Mix(digest);
    }
}
