using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Draws actions from a policy with a memory for some steps, and hands all of them out in one batch, a row for each copy
/// of the environment. What is remembered goes on from rollout to rollout, and is 0 where an episode begins.</summary>
public sealed class RecurrentRolloutSampler : ChoiceSampler
{
    private readonly RecurrentRollout _rollout;
    private readonly RolloutSettings _settings;
    private readonly RememberingPolicy _policy;

    /// <summary>Begins, or goes on where the run was interrupted.</summary>
    /// <param name="environment">Where to act.</param>
    /// <param name="run">What was done so far.</param>
    /// <param name="rollout">What was lived last, and what is remembered.</param>
    /// <param name="network">From observations [M, ...] and memories [M, S] to logits [M, K], values [M, 1] and the next
    /// memories.</param>
    /// <param name="settings">How to act and learn; one pass over each rollout.</param>
    /// <param name="seed">The run's.</param>
    /// <param name="type">The type of the network's numbers.</param>
    /// <param name="device">Where the network is.</param>
    /// <exception cref="DataMismatchException">The environment has other copies than the rollout, or shows what no network
    /// takes.</exception>
    public RecurrentRolloutSampler(
        VectorEnvironment<float[], int> environment, EnvironmentRun run, RecurrentRollout rollout,
        Func<Tensor, Tensor, (Tensor Logits, Tensor Value, Tensor Memory)> network, RolloutSettings settings, long seed,
        ScalarType type, Device device)
        : base(environment, run, seed)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(settings);
        if (environment.Count != rollout.Copies || settings.Steps != rollout.Steps || settings.BatchSize != rollout.Copies)
        {
            throw new DataMismatchException(
                $"There are {environment.Count} environments, and the trainer learns of {settings.Steps} steps in each of "
                + $"{rollout.Copies}: give {rollout.Copies} environments.");
        }

        (_rollout, _settings) = (rollout, settings);
        _policy = new RememberingPolicy(network, environment, rollout.Carried, type, device);
        _policy.Ask(remembers: false);
    }

    /// <inheritdoc/>
    public override Tensor Indices(long step)
    {
        Collect();
        return Aten.arange(_rollout.Copies, ScalarType.Int64, CPU);
    }

    private void Collect()
    {
        int copies = _rollout.Copies, length = _settings.Steps, count = copies * length, width = _policy.Width;
        var states = Span<float>(_rollout.States);
        var kept = Span<float>(_rollout.Kept);
        var actions = Span<long>(_rollout.Actions);
        double[] rewards = new double[count], values = new double[count], following = new double[count];
        bool[] terminated = new bool[count], ended = new bool[count];
        using (no_grad()) _rollout.Memories.copy_(_rollout.Carried);

        // A copy's steps stand together, as its advantages need them.
        for (int t = 0; t < length; t++)
        {
            for (int copy = 0; copy < copies; copy++)
            {
                Environment.Observation(copy).CopyTo(states[(Place(copy, t) * width)..]);
                kept[Place(copy, t)] = t > 0 && ended[Place(copy, t - 1)] ? 0 : 1;
            }

            var random = Random("actions");
            var (logits, worth) = _policy.Ask(remembers: true);
            int[] chosen = [.. logits.Select(row => Choice.Softmax(row, 1, random))];
            var steps = Lived.Act(chosen);
            for (int copy = 0; copy < copies; copy++)
            {
                var step = steps[copy].Step;
                int place = Place(copy, t);
                (actions[place], values[place]) = (chosen[copy], worth[copy]);
                (rewards[place], terminated[place], ended[place]) = (step.Reward, step.Terminated, step.IsLast);
            }

            // What is seen last has the value of the memory that saw it coming, before it is forgotten.
            if (t == length - 1 || steps.Any(step => step.Step.Truncated))
            {
                var (_, next) = _policy.Ask([.. steps.SelectMany(step => step.Step.Observation)], remembers: false);
                for (int copy = 0; copy < copies; copy++) following[Place(copy, t)] = next[copy];
            }

            for (int copy = 0; copy < copies; copy++)
            {
                if (t > 0 && !ended[Place(copy, t - 1)]) following[Place(copy, t - 1)] = values[Place(copy, t)];
                if (ended[Place(copy, t)]) _policy.Forget(copy);
            }
        }

        double[] advantages =
        [
            .. Enumerable.Range(0, copies).SelectMany(copy =>
            {
                var own = Place(copy, 0)..Place(copy + 1, 0);
                return GeneralizedAdvantage.Of(rewards[own], values[own], following[own], terminated[own], ended[own],
                    _settings.Discount, _settings.Decay);
            }),
        ];
        Fill(_rollout.Returns, [.. advantages.Zip(values, (advantage, value) => advantage + value)]);
        if (_settings.Normalizes) Normalization.Standardize(advantages);
        Fill(_rollout.Advantages, advantages);

        int Place(int copy, int t) => (copy * length) + t;
    }

    private static Span<T> Span<T>(Tensor tensor)
        where T : struct => MemoryMarshal.Cast<byte, T>(tensor.bytes);

    private static void Fill(Tensor to, double[] from)
    {
        var numbers = Span<float>(to);
        for (int i = 0; i < from.Length; i++) numbers[i] = (float)from[i];
    }
}
