using Dsl.Torch;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Zeros and ones, one with the probability that the element of this tensor says.</summary>
        public Tensor bernoulli(Generator? generator = null) => Aten.bernoulli(this, generator);

        /// <summary>Zeros and ones in place, one with probability <paramref name="p"/>.</summary>
        /// <returns>This tensor.</returns>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null)
        {
            Aten.bernoulli_(this, p, generator);
            return this;
        }

        /// <summary>Zeros and ones in place, one with the probability that the element of <paramref name="p"/> says.</summary>
        /// <returns>This tensor.</returns>
        public Tensor bernoulli_(Tensor p, Generator? generator = null)
        {
            Aten.bernoulli_(this, p, generator);
            return this;
        }

        /// <summary>Numbers drawn evenly from [<paramref name="from"/>, <paramref name="to"/>), in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor uniform_(double from, double to, Generator? generator = null)
        {
            Aten.uniform_(this, from, to, generator);
            return this;
        }

        /// <summary>Numbers drawn from a normal distribution, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null)
        {
            Aten.normal_(this, mean, std, generator);
            return this;
        }

        /// <summary>Whole numbers drawn evenly from [<paramref name="from"/>, <paramref name="to"/>), in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor random_(double from, double to, Generator? generator = null)
        {
            Aten.random_(this, (long)from, (long)to, generator);
            return this;
        }

        /// <summary>Numbers drawn from an exponential distribution of rate <paramref name="lambda"/>, in place.</summary>
        /// <returns>This tensor.</returns>
        public Tensor exponential_(double lambda = 1.0, Generator? generator = null)
        {
            Aten.exponential_(this, lambda, generator);
            return this;
        }

        /// <summary>Indices drawn with the weights that the last dimension of this tensor says.</summary>
        /// <param name="num_samples">How many from each distribution.</param>
        /// <param name="replacement">Whether an index can be drawn again.</param>
        /// <param name="generator">The stream to draw from; the device's default when not given.</param>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Aten.multinomial(this, num_samples, replacement, generator);
    }
}
