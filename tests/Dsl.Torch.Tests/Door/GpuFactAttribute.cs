namespace Dsl.Torch.Tests.Door;

/// <summary>A test that needs a GPU, skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GpuFactAttribute : FactAttribute
{
    public GpuFactAttribute()
    {
        if (!LibTorch.IsCudaAvailable)
        {
            Skip = "no GPU that this libtorch can use";
        }
    }
}
