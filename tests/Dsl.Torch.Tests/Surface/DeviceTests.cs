namespace Dsl.Torch.Tests.Surface;

public sealed class DeviceTests : SurfaceTest
{
    [Fact]
    public void Devices_are_spelled_as_libtorch_spells_them()
    {
        Assert.Equal("cpu", new Device("CPU").ToString());
        Assert.Equal("cuda:1", new Device("cuda:1").ToString());
        Assert.Equal("cuda", new Device(DeviceType.CUDA).ToString());
        Assert.Equal(new Device("cuda:0"), new Device(DeviceType.CUDA, 0));
        Assert.NotEqual(new Device("cuda:0"), new Device("cuda"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:x")]
    [InlineData("1")]
    public void A_name_that_is_no_device_is_refused(string name) => Assert.Throws<ArgumentException>(() => new Device(name));

    [Fact]
    public void A_stream_without_a_gpu_is_refused()
    {
        if (!LibTorch.IsCudaAvailable)
        {
            Assert.Throws<TorchException>(() => new Generator(1, new Device("cuda")));
        }
    }
}
