using Dsl.Runtime;

namespace Digits;

/// <summary>1,797 images of handwritten digits, 8x8 pixels, and the digit of each (see DATA-LICENSE.md).</summary>
public static class HandwrittenDigits
{
    /// <summary>Number of classes.</summary>
    public const int Classes = 10;

    /// <summary>Images that a split leaves for testing.</summary>
    public const int TestCount = 500;

    // The pixels count how many of 16 points of the scan were set.
    private const float Maximum = 16;

    /// <summary>All images [1797, 1, 8, 8] with values in [0, 1] and labels [1797]; the caller disposes them.</summary>
    public static InMemoryData Load()
    {
        using var images = Open("digits-images.idx3-ubyte.gz");
        using var labels = Open("digits-labels.idx1-ubyte.gz");
        return IdxData.Read(images, labels, Maximum);
    }

    /// <summary>1,297 images to train on and 500 to test on, every digit in its proportion; the caller disposes them.</summary>
    /// <param name="seed">Equal seeds give equal splits.</param>
    public static (InMemoryData Train, InMemoryData Test) LoadSplit(long seed)
    {
        using var all = Load();
        return all.StratifiedSplit(TestCount, seed);
    }

    private static Stream Open(string name) =>
        typeof(HandwrittenDigits).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The resource {name} is missing from the build.");
}
