using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Cuda;

/// <summary>Tensors that are to be equal but for rounding.</summary>
internal static class Close
{
    /// <summary>The distance is at most a share of the expected number, or of the largest finite one; what is not a number, or is
    /// infinite, is so in both.</summary>
    /// <param name="expected">In double precision.</param>
    /// <param name="actual">In single precision.</param>
    /// <param name="share">The share.</param>
    /// <param name="size">What numbers are at least taken for, where they are differences of larger ones.</param>
    public static void To(Tensor expected, Tensor actual, double share, double size = 0)
    {
        Assert.Equal(expected.shape, actual.shape);
        double[] wanted = TensorMemory.Doubles(expected), found = TensorMemory.Doubles(actual);
        double largest = wanted.Where(double.IsFinite).Select(Math.Abs).Append(size).Max();
        for (int i = 0; i < wanted.Length; i++)
        {
            if (!double.IsFinite(wanted[i]) || !double.IsFinite(found[i])) Assert.Equal(wanted[i], found[i]);
            else Assert.True(Math.Abs(wanted[i] - found[i]) <= share * largest, $"{found[i]} at {i} in place of {wanted[i]}");
        }
    }
}
