using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Whole numbers drawn evenly from [<paramref name="low"/>, <paramref name="high"/>).</summary>
    /// <param name="low">The smallest number.</param>
    /// <param name="high">One more than the largest number.</param>
    /// <param name="size">The size of each dimension.</param>
    /// <param name="dtype">The type of the elements; Int64 when not given.</param>
    /// <param name="device">Where the tensor lives; the processor when not given.</param>
    /// <param name="requires_grad">Whether operations on the tensor are recorded.</param>
    /// <param name="generator">The stream to draw from; the device's default when not given.</param>
    /// <param name="names">Names of dimensions: not supported, must be null.</param>
    public static Tensor randint(
        long low, long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(low, high, size.Shape, dtype, device, requires_grad, generator, names);

    /// <inheritdoc cref="randint(long, long, Size, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor randint(
        long low, long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null)
    {
        RefuseNames(names);
        return Recorded(Aten.randint(low, high, size, generator, dtype ?? ScalarType.Int64, device: device), requires_grad);
    }

    /// <inheritdoc cref="randint(long, long, Size, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor randint(
        int low, int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint((long)low, high, Array.ConvertAll(size, length => (long)length), dtype, device, requires_grad, generator, names);

    /// <summary>Whole numbers drawn evenly from [0, <paramref name="high"/>).</summary>
    /// <inheritdoc cref="randint(long, long, Size, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor randint(
        long high, Size size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(0L, high, size.Shape, dtype, device, requires_grad, generator, names);

    /// <summary>Whole numbers drawn evenly from [0, <paramref name="high"/>).</summary>
    /// <inheritdoc cref="randint(long, long, Size, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor randint(
        long high, long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(0L, high, size, dtype, device, requires_grad, generator, names);

    /// <summary>Whole numbers drawn evenly from [0, <paramref name="high"/>).</summary>
    /// <inheritdoc cref="randint(long, long, Size, ScalarType?, Device?, bool, Generator?, string[])"/>
    public static Tensor randint(
        int high, int[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false,
        Generator? generator = null, string[]? names = null) =>
        randint(0, high, size, dtype, device, requires_grad, generator, names);

    /// <summary>The numbers below <paramref name="n"/> in random order.</summary>
    /// <param name="n">How many.</param>
    /// <param name="dtype">The type of the elements; Int64 when not given.</param>
    /// <param name="device">Where the tensor lives; the processor when not given.</param>
    /// <param name="requires_grad">Whether operations on the tensor are recorded.</param>
    /// <param name="generator">The stream to draw from; the device's default when not given.</param>
    public static Tensor randperm(
        long n, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null) =>
        Recorded(Aten.randperm(n, generator, dtype ?? ScalarType.Int64, device: device), requires_grad);

    /// <summary>Numbers drawn from a normal distribution.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="std">The standard deviation.</param>
    /// <param name="size">The size of each dimension.</param>
    /// <param name="dtype">The type of the elements; single precision when not given.</param>
    /// <param name="device">Where the tensor lives; the processor when not given.</param>
    /// <param name="requires_grad">Whether operations on the tensor are recorded.</param>
    /// <param name="generator">The stream to draw from; the device's default when not given.</param>
    /// <param name="names">Names of dimensions: not supported, must be null.</param>
    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null,
        bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        randn(size, dtype, device, false, generator, names).mul_(std).add_(mean).requires_grad_(requires_grad);

    /// <summary>Zeros and ones, one with the probability that the element of the input says.</summary>
    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    /// <summary>Indices drawn with the weights that the last dimension of the input says.</summary>
    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null) =>
        input.multinomial(num_samples, replacement, generator);

    /// <summary>Seeds the default streams of all devices.</summary>
    /// <returns>The processor's default stream.</returns>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    /// <summary>The seed of the processor's default stream.</summary>
    public static long initial_seed() => random.initial_seed();

    /// <summary>The state of the processor's default stream.</summary>
    public static Tensor get_rng_state() => random.get_rng_state();

    /// <summary>Puts the processor's default stream back to a state.</summary>
    public static void set_rng_state(Tensor new_state) => random.set_rng_state(new_state);

    /// <summary>The default streams of random numbers.</summary>
    public static class random
    {
        /// <summary>Seeds the default streams of all devices.</summary>
        /// <returns>The processor's default stream.</returns>
        public static Generator manual_seed(long seed)
        {
            NativeStatus.Check(NativeMethods.ManualSeed(unchecked((ulong)seed)));
            return Generator.Default;
        }

        /// <summary>The seed of the processor's default stream.</summary>
        public static long initial_seed()
        {
            using var stream = Generator.Default;
            return stream.initial_seed();
        }

        /// <summary>The state of the processor's default stream.</summary>
        public static Tensor get_rng_state()
        {
            using var stream = Generator.Default;
            return stream.get_state();
        }

        /// <summary>Puts the processor's default stream back to a state.</summary>
        public static void set_rng_state(Tensor new_state)
        {
            using var stream = Generator.Default;
            stream.set_state(new_state);
        }
    }
}
