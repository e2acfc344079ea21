using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Ensembles of networks that are trained by themselves.</summary>
public static class EnsembleTraining
{
    /// <summary>A deep ensemble: networks that differ by their seed alone (Lakshminarayanan, Pritzel and Blundell 2017, arXiv
    /// 1612.01474).</summary>
    /// <typeparam name="TNetwork">The members' declaration.</typeparam>
    /// <param name="members">M, how many, at least 1; 5 is customary.</param>
    /// <param name="seed">Members have seeds that are far apart, functions of it.</param>
    /// <param name="train">Makes and trains a network with a seed: for its initial values (<c>new Net(new
    /// Generator((ulong)seed))</c>) and for the trainer's <c>Seed</c>. It may be called by several threads at once.</param>
    /// <param name="parallel">How many are trained at the same time, each in one thread; 1 for one after the other, as libtorch
    /// has been set. A member is what it would be alone in one thread, to the bit.</param>
    /// <returns>The ensemble, which owns the networks.</returns>
    /// <example><code>
    /// using var ensemble = EnsembleTraining.Deep(5, seed: 1, seed =>
    /// {
    ///     using var generator = new Generator((ulong)seed);
    ///     var net = new Net(generator);
    ///     using var trainer = new NetTrainer(net) { Seed = seed };
    ///     trainer.Fit(data);
    ///     return net;
    /// });
    /// </code></example>
    public static Ensemble<TNetwork> Deep<TNetwork>(int members, long seed, Func<long, TNetwork> train, int parallel = 1)
        where TNetwork : nn.Module<Tensor, Tensor>
    {
        ArgumentNullException.ThrowIfNull(train);
        return new Ensemble<TNetwork>(All(members, parallel, member => train(SeedOf(seed, member))));
    }

    /// <summary>Bagging: each network is trained on as many samples, drawn with repetition (Breiman 1996, Machine Learning
    /// 24). Networks gain from it less than trees: each sees 63 % of the samples.</summary>
    /// <typeparam name="TNetwork">The members' declaration.</typeparam>
    /// <param name="data">All samples, with classes.</param>
    /// <param name="members">M, how many, at least 1.</param>
    /// <param name="seed">Decides the draws and the members' seeds.</param>
    /// <param name="train">Makes and trains a network on drawn samples with a seed, as for <see cref="Deep"/>.</param>
    /// <param name="parallel">How many are trained at the same time, as for <see cref="Deep"/>; the data are then read by several
    /// threads.</param>
    public static Bagging<TNetwork> Bag<TNetwork>(
        ILabeledDataSource data, int members, long seed, Func<ILabeledDataSource, long, TNetwork> train, int parallel = 1)
        where TNetwork : nn.Module<Tensor, Tensor>
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        var drawn = Enumerable.Range(0, members).Select(member => ResampledData.Bootstrap(data, SeedOf(seed, member))).ToList();
        var networks = All(members, parallel, member => train(drawn[member], SeedOf(seed, member)));
        return new Bagging<TNetwork>(new Ensemble<TNetwork>(networks), data, [.. drawn.Select(sample => sample.Places)]);
    }

    /// <summary>The seed of a member.</summary>
    /// <param name="seed">That of the ensemble.</param>
    /// <param name="member">Which, from 0.</param>
    public static long SeedOf(long seed, int member) => StreamSeed.Of(seed, "ensemble", member) & long.MaxValue;

    private static TNetwork[] All<TNetwork>(int members, int parallel, Func<int, TNetwork> train)
        where TNetwork : nn.Module<Tensor, Tensor>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(members, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallel, 1);
        var networks = new TNetwork?[members];
        var failures = new Exception?[members];
        if (parallel == 1)
        {
            for (int member = 0; member < members && (member == 0 || failures[member - 1] is null); member++) Train(member);
        }
        else
        {
            // The number of threads is libtorch's for threads that begin now; those that are there keep theirs.
            int before = get_num_threads(), next = -1;
            set_num_threads(1);
            try
            {
                var threads = Enumerable.Range(0, Math.Min(parallel, members)).Select(_ => new Thread(Work)).ToList();
                threads.ForEach(thread => thread.Start());
                threads.ForEach(thread => thread.Join());
            }
            finally
            {
                set_num_threads(before);
            }

            void Work()
            {
                set_num_threads(1);
                while (Interlocked.Increment(ref next) is var member && member < members
                    && Array.TrueForAll(failures, failure => failure is null))
                    Train(member);
            }
        }

        if (Array.Find(failures, failure => failure is not null) is { } first)
        {
            foreach (var network in networks) network?.Dispose();
            ExceptionDispatchInfo.Throw(first);
        }

        return networks!;

        void Train(int member)
        {
            try
            {
                networks[member] = train(member)
                    ?? throw new InvalidOperationException("A member of an ensemble was trained to null: return the network.");
            }
            catch (Exception failure)
            {
                failures[member] = failure;
            }
        }
    }
}
