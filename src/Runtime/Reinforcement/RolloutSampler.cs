using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How a policy is followed between updates, and what its steps are worth.</summary>
/// <param name="Steps">Steps in each copy before the policy changes.</param>
/// <param name="BatchSize">Steps of a batch; those of all copies are a multiple of it.</param>
/// <param name="Passes">How often each step is learned of.</param>
/// <param name="Discount">γ.</param>
/// <param name="Decay">λ of the advantages.</param>
/// <param name="Normalizes">Whether the advantages of a rollout get mean 0 and deviation 1.</param>
public sealed record RolloutSettings(int Steps, int BatchSize, int Passes, double Discount, double Decay, bool Normalizes);

/// <summary>Draws actions from the policy for some steps, has a critic value them, and hands them out in batches, until the
/// policy that was followed is too old.</summary>
public sealed class RolloutSampler : MemorylessSampler
{
    private readonly Rollout _rollout;
    private readonly RolloutSettings _settings;
    private readonly ActionValues _critic;
    private readonly int _batches;

    /// <summary>Begins, or goes on where the run was interrupted.</summary>
    /// <param name="environment">Where to act.</param>
    /// <param name="run">What was done so far.</param>
    /// <param name="rollout">What was lived last; as many steps as the settings say of all copies.</param>
    /// <param name="policy">Logits of actions [N, K] of observations [N, ...].</param>
    /// <param name="critic">Values [N, 1] of observations.</param>
    /// <param name="settings">How to act and learn.</param>
    /// <param name="seed">The run's.</param>
    /// <param name="device">Where the networks are.</param>
    /// <exception cref="DataMismatchException">The copies do not give the steps that the rollout has room for.</exception>
    public RolloutSampler(
        VectorEnvironment<float[], int> environment, EnvironmentRun run, Rollout rollout, nn.Module<Tensor, Tensor> policy,
        nn.Module<Tensor, Tensor> critic, RolloutSettings settings, long seed, Device device)
        : base(environment, run, policy, seed, device)
    {
        ArgumentNullException.ThrowIfNull(rollout);
        ArgumentNullException.ThrowIfNull(critic);
        ArgumentNullException.ThrowIfNull(settings);
        int steps = settings.Steps * environment.Count;
        if (steps != rollout.Capacity || steps % settings.BatchSize != 0)
        {
            throw new DataMismatchException(
                $"{environment.Count} environments give {steps} steps in {settings.Steps} each, but the trainer learns of "
                + $"{rollout.Capacity} in batches of {settings.BatchSize}: give "
                + $"{rollout.Capacity / settings.Steps} environments.");
        }

        (_rollout, _settings, _batches) = (rollout, settings, steps / settings.BatchSize);
        _critic = new ActionValues(critic, environment, device);
    }

    /// <inheritdoc/>
    public override Tensor Indices(long step)
    {
        long updates = (long)_batches * _settings.Passes;
        if (step % updates == 0) Collect();
        long pass = step / _batches;
        var order = Enumerable.Range(0, _rollout.Capacity).Select(place => (long)place).ToArray();
        if (updates > 1)
        {
            var random = new HostRandom(StreamSeed.Of(Seed, "minibatches", pass));
            for (int i = order.Length - 1; i > 0; i--)
            {
                int other = random.Below(i + 1);
                (order[i], order[other]) = (order[other], order[i]);
            }
        }

        int first = (int)(step % _batches) * _settings.BatchSize;
        return tensor(order[first..(first + _settings.BatchSize)]);
    }

    private void Collect()
    {
        int copies = Environment.Count, count = _rollout.Capacity, width = Width;
        float[] states = new float[count * width], nexts = new float[count * width];
        var actions = new int[count];
        double[] rewards = new double[count], logarithms = new double[count];
        bool[] terminated = new bool[count], ended = new bool[count];

        // A copy's steps stand together, as its advantages need them.
        for (int t = 0; t < _settings.Steps; t++)
        {
            var random = Random("actions");
            double[][] logits = Values();
            var chosen = logits.Select(row => Choice.Softmax(row, 1, random)).ToArray();
            for (int copy = 0; copy < copies; copy++)
            {
                int place = copy * _settings.Steps + t;
                Environment.Observation(copy).CopyTo(states, place * width);
                (actions[place], logarithms[place]) = (chosen[copy], LogProbability(logits[copy], chosen[copy]));
            }

            var steps = Lived.Act(chosen);
            for (int copy = 0; copy < copies; copy++)
            {
                int place = copy * _settings.Steps + t;
                var step = steps[copy].Step;
                step.Observation.CopyTo(nexts, place * width);
                (rewards[place], terminated[place], ended[place]) = (step.Reward, step.Terminated, step.IsLast);
            }
        }

        double[] values = [.. _critic.Of(states, count, 1).Select(row => row[0])];
        double[] following = [.. _critic.Of(nexts, count, 1).Select(row => row[0])];
        double[] advantages =
        [
            .. Enumerable.Range(0, copies).SelectMany(copy =>
            {
                var own = (copy * _settings.Steps)..((copy + 1) * _settings.Steps);
                return GeneralizedAdvantage.Of(rewards[own], values[own], following[own], terminated[own], ended[own],
                    _settings.Discount, _settings.Decay);
            }),
        ];
        double[] returns = [.. advantages.Zip(values, (advantage, value) => advantage + value)];
        if (_settings.Normalizes) Normalization.Standardize(advantages);
        _rollout.Fill(states, actions, advantages, returns, logarithms);
    }

    private static double LogProbability(double[] logits, int action)
    {
        double largest = logits.Max();
        return logits[action] - largest - Math.Log(logits.Sum(logit => Math.Exp(logit - largest)));
    }
}

/// <summary>Numbers of mean 0 and deviation 1.</summary>
internal static class Normalization
{
    /// <summary>Subtracts the mean and divides by the deviation, by 1e-8 more.</summary>
    public static void Standardize(Span<double> numbers)
    {
        double mean = 0, square = 0;
        foreach (double number in numbers) mean += number / numbers.Length;
        foreach (double number in numbers) square += (number - mean) * (number - mean) / numbers.Length;
        double deviation = Math.Sqrt(square) + 1e-8;
        foreach (ref double number in numbers) number = (number - mean) / deviation;
    }
}
