using System.Runtime.ExceptionServices;

namespace Dsl.Runtime;

/// <summary>Many images at once.</summary>
internal static class ParallelDecoding
{
    /// <summary>All images, in order.</summary>
    /// <param name="count">How many.</param>
    /// <param name="threads">Threads at most, at least 1.</param>
    /// <param name="decode">Gives one; of those that fail, the first one's exception is thrown.</param>
    public static byte[][] Run(int count, int threads, Func<int, byte[]> decode)
    {
        var images = new byte[count][];
        var errors = new ExceptionDispatchInfo?[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, (i, state) =>
        {
            try
            {
                images[i] = decode(i);
            }
            catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                // Those in front of it are still decoded, so that the same file is named every time.
                errors[i] = ExceptionDispatchInfo.Capture(error);
                state.Break();
            }
        });
        errors.FirstOrDefault(error => error is not null)?.Throw();
        return images;
    }
}
