namespace Dsl.Torch.Tests.Surface;

/// <summary>A test whose tensors end with it, and that draws the same numbers in each run.</summary>
public abstract class SurfaceTest : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    protected SurfaceTest() => manual_seed(7).Dispose();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected static void Equal(float[] expected, Tensor actual, double tolerance = 1e-5)
    {
        using var plain = actual.detach().cpu().to(ScalarType.Float32).contiguous();
        var values = plain.data<float>().ToArray();
        Assert.Equal(expected.Length, values.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var allowed = tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(
                expected[i].Equals(values[i]) || Math.Abs(expected[i] - values[i]) <= allowed,
                $"At {i}: expected {expected[i]}, got {values[i]}.");
        }
    }

    protected static void Equal(long[] expected, Tensor actual) =>
        Assert.Equal(expected, actual.to(ScalarType.Int64).data<long>().ToArray());

    protected virtual void Dispose(bool disposing) => scope.Dispose();
}
