namespace Dsl.Torch.Tests.Surface;

/// <summary>The type that TorchSharp has from 0.107 on: the package flavour's releases do not know it yet.</summary>
public sealed class BFloat16Tests : SurfaceTest
{
    [Fact]
    public void An_item_is_read_as_it_lies_in_memory() =>
        Assert.Equal(1.5f, tensor(1.5f).to(ScalarType.BFloat16).item<BFloat16>().ToSingle());
}
