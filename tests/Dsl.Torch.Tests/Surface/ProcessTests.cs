namespace Dsl.Torch.Tests.Surface;

public sealed class ProcessTests
{
    [Fact]
    public void Threads_can_be_set()
    {
        var before = get_num_threads();
        try
        {
            set_num_threads(1);
            Assert.Equal(1, get_num_threads());
            Assert.Throws<ArgumentOutOfRangeException>(() => set_num_threads(0));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void Gpu_questions_have_answers_without_a_gpu()
    {
        Assert.Equal(cuda.is_available(), cuda.device_count() > 0);
        cuda.manual_seed_all(1);
        Assert.Equal(DeviceType.CUDA, device("cuda:1").type);
        Assert.Equal(1, device(1).index);
        Assert.Equal(CPU, device(DeviceType.CPU));
        Assert.Equal(ScalarType.Float32, float32);
    }

    [Fact]
    public void Scalars_keep_integers_and_floating_point_numbers_apart()
    {
        Scalar integer = 3;
        Scalar real = 3f;
        Scalar truth = true;
        Assert.Equal([int64, float64, @bool], [integer.Type, real.Type, truth.Type]);
        Assert.Equal(3, real.ToInt32());
        Assert.Equal(1, truth.ToDouble());
        Assert.Throws<OverflowException>(() => ((Scalar)300).ToSByte());
    }
}
