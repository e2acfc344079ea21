using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How boosting weighs a member.</summary>
public enum BoostingRule
{
    /// <summary>log((1 − e)/e) + log(K − 1): a member must be better than chance among K classes (SAMME; Zhu et al. 2009,
    /// Statistics and Its Interface 2, algorithm 2).</summary>
    Samme,

    /// <summary>log((1 − e)/e): a member must be right on more than half (AdaBoost.M1; Freund and Schapire 1996,
    /// ICML).</summary>
    M1,
}

/// <summary>Boosting: each network is trained on samples of which those are drawn more often that the ones before told
/// wrong.</summary>
public static class Boosting
{
    /// <summary>Trains networks one after the other.</summary>
    /// <typeparam name="TNetwork">The members' declaration.</typeparam>
    /// <param name="data">Samples with a class each.</param>
    /// <param name="rounds">How many networks at most, at least 1.</param>
    /// <param name="seed">Decides the draws and the members' seeds.</param>
    /// <param name="train">Makes and trains a network on drawn samples with a seed.</param>
    /// <param name="rule">How a member is weighed.</param>
    /// <param name="device">Where networks live; null for the CPU.</param>
    /// <returns>The networks with their votes. Boosting ends before a member that is no better than chance, which is left out
    /// unless it is the only one, and behind one without an error, which counts as half a sample wrong. A network that fits its
    /// training data ends it at once: give weak ones.</returns>
    /// <remarks>Weights of samples are chances of being drawn, so that any trainer can be boosted ("boosting by
    /// resampling").</remarks>
    /// <exception cref="DataMismatchException">There is more than one label for each sample, or one without a class.</exception>
    public static Ensemble<TNetwork> Train<TNetwork>(
        ILabeledDataSource data, int rounds, long seed, Func<ILabeledDataSource, long, TNetwork> train,
        BoostingRule rule = BoostingRule.Samme, Device? device = null)
        where TNetwork : nn.Module<Tensor, Tensor>
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(train);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        var members = new List<TNetwork>();
        var votes = new List<double>();
        double[] weights = [.. Enumerable.Repeat(1.0 / data.Count, (int)data.Count)];
        try
        {
            for (int round = 0; round < rounds; round++)
            {
                long own = EnsembleTraining.SeedOf(seed, round);
                var network = train(ResampledData.Bootstrap(data, own, weights), own);
                members.Add(network);
                using var said = LabelledLogits.Of(network, data, device);
                if (said.Count != data.Count)
                    throw new DataMismatchException($"{data.Count - said.Count} samples have no class: leave them out.");
                using var right = said.Right;
                double[] hits = TensorMemory.Doubles(right);
                double error = weights.Zip(hits).Sum(sample => sample.First * (1 - sample.Second));
                double chance = rule == BoostingRule.M1 ? 0.5 : 1 - 1.0 / said.Logits.size(1);
                if (error >= chance - 1e-12)
                {
                    // Alone it must vote, though it says little.
                    if (members.Count == 1) votes.Add(1);
                    else
                    {
                        members.RemoveAt(members.Count - 1);
                        network.Dispose();
                    }

                    break;
                }

                bool isPerfect = error < 1e-12;
                if (isPerfect) error = 0.5 / data.Count;
                double vote = Math.Log((1 - error) / error)
                    + (rule == BoostingRule.Samme ? Math.Log(said.Logits.size(1) - 1) : 0);
                votes.Add(vote);
                if (isPerfect) break;
                for (int i = 0; i < weights.Length; i++) if (hits[i] == 0) weights[i] *= Math.Exp(vote);
                double sum = weights.Sum();
                for (int i = 0; i < weights.Length; i++) weights[i] /= sum;
            }

            return new Ensemble<TNetwork>(members, votes, EnsembleVote.Classes);
        }
        catch
        {
            foreach (var member in members) member.Dispose();
            throw;
        }
    }
}
