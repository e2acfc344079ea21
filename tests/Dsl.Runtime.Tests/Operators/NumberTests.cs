using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Operators;

/// <summary>Operators with numbers use kept objects, and still each number that they are given.</summary>
public sealed class NumberTests
{
    [Fact]
    public void More_numbers_than_are_kept_each_count()
    {
        using var x = tensor([1.0]);
        for (int i = 0; i < 5000; i++)
        {
            double number = Math.Sqrt(i) - 30;
            using var product = Aten.mul(x, number);
            using var again = Aten.mul(x, number);
            Assert.Equal(number, product.item<double>());
            Assert.Equal(number, again.item<double>());
        }
    }

    [Fact]
    public void Zero_and_minus_zero_are_two_numbers()
    {
        using var x = tensor([1.0]);
        using var positive = Aten.mul(x, 0.0);
        using var negative = Aten.mul(x, -0.0);
        Assert.False(double.IsNegative(positive.item<double>()));
        Assert.True(double.IsNegative(negative.item<double>()));
    }

    [Fact]
    public void A_call_with_two_numbers_has_both()
    {
        // Enough pairs that some share a place of the table.
        for (int i = 0; i < 2000; i++)
        {
            double least = Math.Sqrt(i), most = Math.Cbrt(i) + 50;
            using var x = tensor([-1.0, 100.0]);
            Aten.clamp_(x, least, most);
            Assert.Equal([least, most], x.data<double>());
        }
    }

    [Fact]
    public void An_integer_and_a_real_number_of_the_same_bits_are_two_numbers()
    {
        long bits = BitConverter.DoubleToInt64Bits(0.5);
        for (int i = 0; i < 2; i++)
        {
            using var integers = zeros(1, ScalarType.Int64);
            using var reals = zeros(1, ScalarType.Float64);
            Aten.fill_(integers, bits);
            Aten.fill_(reals, 0.5);
            Assert.Equal(bits, integers.item<long>());
            Assert.Equal(0.5, reals.item<double>());
        }
    }

    [Fact]
    public void Integers_stay_integers_and_are_compared_exactly()
    {
        using var x = tensor([(1L << 53) + 1]);
        using var less = Aten.sub(x, 1);
        using var same = Aten.eq(less, 1L << 53);
        using var other = Aten.ne(x, 1L << 53);
        Assert.Equal(ScalarType.Int64, less.dtype);
        Assert.True(Aten.is_nonzero(same));
        Assert.True(Aten.is_nonzero(other));
        Assert.Equal((1L << 53) + 1, Aten.item_int64(x));
    }

    [Fact]
    public void A_kept_number_makes_no_object()
    {
        using var x = ones(4);
        Aten.mul_(x, 1.5);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) Aten.mul_(x, 1.5);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Threads_have_numbers_of_their_own()
    {
        var sums = new double[4];
        var threads = Enumerable.Range(0, sums.Length).Select(index => new Thread(() =>
        {
            using var x = zeros(1, ScalarType.Float64);
            for (int i = 0; i < 2000; i++) Aten.add_(x, index + i % 200);
            sums[index] = x.item<double>();
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.Equal(Enumerable.Range(0, sums.Length).Select(index => 2000.0 * index + 199_000), sums);
    }

    [Fact]
    public void Counters_stay_whole_numbers()
    {
        using var counter = zeros([], ScalarType.Int64);
        Aten.increment_(counter);
        Aten.increment_(counter);
        Assert.Equal(2L, counter.item<long>());
    }

    /// <summary>A server collects on one thread while another one trains: a number that only its pointer holds would be freed
    /// in the middle of a call.</summary>
    [Fact]
    public void Numbers_of_losses_outlive_a_collection_by_another_thread()
    {
        bool isOver = false;
        var collector = new Thread(() =>
        {
            while (!Volatile.Read(ref isOver))
            {
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
            }
        });
        collector.Start();
        try
        {
            using var sum = tensor(6.0);
            using var count = tensor(3.0);
            using var labels = tensor([0L, -100, 2]);
            using var like = zeros([]);
            long end = Environment.TickCount64 + 2000;
            while (Environment.TickCount64 < end)
            {
                using var mean = ClassLabels.Mean(sum, count);
                using var gradient = ClassLabels.MeanGradient(sum, count);
                using var labeled = ClassLabels.Count(labels, like);
                Assert.Equal((2, 2, 2), (mean.item<double>(), gradient.item<double>(), labeled.item<float>()));
            }
        }
        finally
        {
            Volatile.Write(ref isOver, true);
            collector.Join();
        }
    }
}
