using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What episodes earn.</summary>
/// <param name="Returns">The rewards of each episode in all, not discounted.</param>
public sealed record EpisodeEvaluation(IReadOnlyList<double> Returns) : IEvaluation
{
    /// <summary>The mean return; NaN of no episode.</summary>
    public double MeanReturn => Returns.Count == 0 ? double.NaN : Returns.Average();

    /// <summary>The negative mean return, so that less is better.</summary>
    public double Loss => -MeanReturn;

    /// <summary>How many episodes.</summary>
    public long Count => Returns.Count;

    /// <inheritdoc/>
    public IEnumerable<(string Name, double Value)> Metrics => [("return", MeanReturn), ("episodes", Count)];

    /// <summary>Plays episodes by the best action, that of a network's largest output.</summary>
    /// <param name="policy">A network from observations [N, ...] to values or logits of the actions [N, K]; it is asked in
    /// evaluation mode.</param>
    /// <param name="environment">Where, any number of copies.</param>
    /// <param name="episodes">How many, at least 1.</param>
    /// <param name="seed">Of the episodes.</param>
    /// <param name="device">Where the network is; null for the CPU.</param>
    public static EpisodeEvaluation Of(
        nn.Module<Tensor, Tensor> policy, VectorEnvironment<float[], int> environment, int episodes = 100, long seed = 0,
        Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        var asked = new ActionValues(policy, environment, device ?? CPU);
        return Of(environment, episodes, seed, asked.Now, _ => { });
    }

    /// <summary>Plays episodes by the best action of a network with a memory, which is 0 where an episode begins.</summary>
    /// <param name="policy">From observations [M, ...] and memories [M, S] to logits [M, K], values [M, 1] and the next
    /// memories: the <c>forward</c> of a network that <see cref="RecurrentRolloutSampler"/> acts by.</param>
    /// <param name="memory">S.</param>
    /// <param name="environment">Where, M copies.</param>
    /// <param name="episodes">How many, at least 1.</param>
    /// <param name="seed">Of the episodes.</param>
    /// <param name="device">Where the network is; null for the CPU.</param>
    public static EpisodeEvaluation Of(
        Func<Tensor, Tensor, (Tensor Logits, Tensor Value, Tensor Memory)> policy, long memory,
        VectorEnvironment<float[], int> environment, int episodes = 100, long seed = 0, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentOutOfRangeException.ThrowIfLessThan(memory, 1);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        using var memories = zeros([environment.Count, memory]);
        var asked = new RememberingPolicy(policy, environment, memories, ScalarType.Float32, device ?? CPU);
        return Of(environment, episodes, seed, () => asked.Ask(remembers: true).Logits, asked.Forget);
    }

    /// <summary>Plays episodes by the means of a policy's distributions, squashed into the bounds of the actions.</summary>
    /// <param name="policy">A network from observations [N, ...] to means and log deviations [N, 2A]: one that
    /// <see cref="SacSampler"/> acts by. It is asked in evaluation mode.</param>
    /// <param name="environment">Where, any number of copies.</param>
    /// <param name="episodes">How many, at least 1.</param>
    /// <param name="seed">Of the episodes.</param>
    /// <param name="device">Where the network is; null for the CPU.</param>
    public static EpisodeEvaluation Of(
        nn.Module<Tensor, Tensor> policy, VectorEnvironment<float[], float[]> environment, int episodes = 100, long seed = 0,
        Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        var asked = new ActionValues(policy, environment, device ?? CPU);
        var bounds = ActionBounds.Of(environment);
        return Of(environment, episodes, seed, () => [.. asked.Now().Select(row => bounds.Act(SquashedNormal.Mean(row)))],
            _ => { });
    }

    /// <inheritdoc/>
    public override string ToString() => EvaluationText.Of(this);

    private static EpisodeEvaluation Of(
        VectorEnvironment<float[], int> environment, int episodes, long seed, Func<double[][]> ask, Action<int> ends) =>
        Of(environment, episodes, seed, () => [.. ask().Select(row => Array.IndexOf(row, row.Max()))], ends);

    private static EpisodeEvaluation Of<TAction>(
        VectorEnvironment<float[], TAction> environment, int episodes, long seed, Func<TAction[]> act, Action<int> ends)
    {
        // Each copy plays its share: the first ones to end would be the shortest.
        int copies = environment.Count;
        var returns = new List<double>();
        environment.Reset(seed);
        var left = Enumerable.Range(0, copies).Select(copy => episodes / copies + (copy < episodes % copies ? 1 : 0)).ToArray();
        while (left.Any(count => count > 0))
        {
            var steps = environment.Step(act());
            for (int copy = 0; copy < copies; copy++)
            {
                if (!steps[copy].Step.IsLast) continue;
                ends(copy);
                if (left[copy] == 0) continue;
                left[copy]--;
                returns.Add(steps[copy].Return);
            }
        }

        return new EpisodeEvaluation(returns);
    }
}
