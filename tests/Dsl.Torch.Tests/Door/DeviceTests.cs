namespace Dsl.Torch.Tests.Door;

public class DeviceTests
{
    [Fact]
    public void Threads_can_be_set()
    {
        var before = LibTorch.Threads;
        LibTorch.Threads = 1;
        Assert.Equal(1, LibTorch.Threads);
        LibTorch.Threads = before;
        Assert.Throws<ArgumentOutOfRangeException>(() => LibTorch.Threads = 0);
    }

    [Fact]
    public void Without_a_gpu_it_says_so()
    {
        if (LibTorch.IsCudaAvailable)
        {
            return; // the tests of GPUs cover this machine
        }

        Assert.Equal(0, LibTorch.CudaDeviceCount);
        Assert.Throws<TorchException>(() => LibTorch.Synchronize());
    }

    [GpuFact]
    public void A_gpu_adds_and_draws()
    {
        using var scope = NewDisposeScope();
        var cuda = new Device("cuda");
        var x = Aten.ones([4], device: cuda);
        Assert.Equal([2, 2, 2, 2], Sample.Read(Aten.add(x, x)));
        using var stream = new Generator(5, cuda);
        var first = Aten.randn([4], stream, device: cuda);
        stream.manual_seed(5);
        Assert.True(Aten.equal(first, Aten.randn([4], stream, device: cuda)));
        LibTorch.Synchronize();
    }
}
