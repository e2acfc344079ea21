using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Draws actions from the policy until some episodes are over; every step's return is what its episode earned from there
/// on. A batch is all of their steps.</summary>
public sealed class EpisodeSampler : MemorylessSampler
{
    private readonly int _episodes;
    private readonly double _discount;
    private readonly bool _normalizes;
    private Tensor? _states, _actions, _returns;

    /// <summary>Begins, or goes on where the run was interrupted.</summary>
    /// <param name="environment">Where to act, one copy: of several, short episodes would be over first.</param>
    /// <param name="run">What was done so far.</param>
    /// <param name="policy">Logits of actions [N, K] of observations [N, ...].</param>
    /// <param name="episodes">Episodes of a batch, at least 1.</param>
    /// <param name="discount">γ.</param>
    /// <param name="normalizes">Whether the returns of a batch get mean 0 and deviation 1, a baseline without a critic.</param>
    /// <param name="seed">The run's.</param>
    /// <param name="device">Where the network is.</param>
    /// <exception cref="DataMismatchException">There are several copies.</exception>
    public EpisodeSampler(
        VectorEnvironment<float[], int> environment, EnvironmentRun run, nn.Module<Tensor, Tensor> policy, int episodes,
        double discount, bool normalizes, long seed, Device device)
        : base(environment, run, policy, seed, device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(episodes, 1);
        if (environment.Count != 1)
        {
            throw new DataMismatchException(
                $"Whole episodes are played in one environment, and there are {environment.Count}: short ones would count more.");
        }

        (_episodes, _discount, _normalizes) = (episodes, discount, normalizes);
    }

    /// <summary>What was seen, [N, ...]; the sampler's until the next batch.</summary>
    /// <param name="type">The type of numbers.</param>
    public Tensor States(ScalarType type) => Played(_states).to_type(type, copy: true);

    /// <summary>What was done, [N] int64.</summary>
    public Tensor Actions() => Played(_actions).clone();

    /// <summary>What was earned from there on, [N].</summary>
    /// <param name="type">The type of numbers.</param>
    public Tensor Returns(ScalarType type) => Played(_returns).to_type(type, copy: true);

    /// <inheritdoc/>
    public override Tensor Indices(long step)
    {
        List<float> states = [];
        List<int> actions = [];
        List<double> returns = [];
        for (int episode = 0; episode < _episodes; episode++) Play(states, actions, returns);
        double[] all = [.. returns];
        if (_normalizes) Normalization.Standardize(all);
        Free();
        var shape = ((BoxSpace)Environment.Observations).Shape;
        _states = tensor(states.ToArray(), [actions.Count, .. shape]).DetachFromDisposeScope();
        _actions = tensor(actions.Select(action => (long)action).ToArray()).DetachFromDisposeScope();
        _returns = tensor(all).DetachFromDisposeScope();
        return Aten.arange(actions.Count, ScalarType.Int64, CPU);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Free();
        base.Dispose();
    }

    private void Play(List<float> states, List<int> actions, List<double> returns)
    {
        List<double> rewards = [];
        while (true)
        {
            int action = Choice.Softmax(Values()[0], 1, Random("actions"));
            states.AddRange(Environment.Observation(0));
            actions.Add(action);
            var step = Lived.Act([action])[0].Step;
            rewards.Add(step.Reward);
            if (step.IsLast) break;
        }

        double later = 0;
        for (int t = rewards.Count - 1; t >= 0; t--) rewards[t] = later = rewards[t] + _discount * later;
        returns.AddRange(rewards);
    }

    private static Tensor Played(Tensor? part) =>
        part ?? throw new InvalidOperationException("No episode was played: call Indices.");

    private void Free()
    {
        _states?.Dispose();
        _actions?.Dispose();
        _returns?.Dispose();
    }
}
