using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Acts in environments and says which of what was lived a step learns of.</summary>
public abstract class ExperienceSampler : IDisposable
{
    private protected ExperienceSampler(EnvironmentRun run, long seed)
    {
        ArgumentNullException.ThrowIfNull(run);
        (Lived, Seed) = (run, seed);
    }

    /// <summary>Updates that are told together, as an epoch: an environment has no passes.</summary>
    public long BatchesPerEpoch { get; } = 1000;

    /// <summary>What was done there.</summary>
    private protected EnvironmentRun Lived { get; }

    /// <summary>The run's seed.</summary>
    private protected long Seed { get; }

    /// <summary>Acts as long as the step asks for.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <returns>The places of the step's batch, [N] int64; the caller frees it.</returns>
    public abstract Tensor Indices(long step);

    /// <summary>Nothing: what was lived is the trainer's.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>The random numbers of the present step of the environments.</summary>
    private protected HostRandom Random(string purpose) => new(StreamSeed.Of(Seed, purpose, Lived.StepCount));
}

/// <summary>Acts by choices of one of several actions.</summary>
public abstract class ChoiceSampler : ExperienceSampler
{
    /// <summary>Begins, or goes on where the run was interrupted.</summary>
    private protected ChoiceSampler(VectorEnvironment<float[], int> environment, EnvironmentRun run, long seed)
        : base(run, seed)
    {
        ArgumentNullException.ThrowIfNull(environment);
        Environment = environment;
        run.Begin(environment, seed);
    }

    /// <summary>Where it acts.</summary>
    private protected VectorEnvironment<float[], int> Environment { get; }
}

/// <summary>Acts by a network that sees the present alone.</summary>
public abstract class MemorylessSampler : ChoiceSampler
{
    private readonly ActionValues _values;

    /// <summary>Begins, or goes on where the run was interrupted.</summary>
    private protected MemorylessSampler(
        VectorEnvironment<float[], int> environment, EnvironmentRun run, nn.Module<Tensor, Tensor> policy, long seed,
        Device device)
        : base(environment, run, seed)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _values = new ActionValues(policy, environment, device);
        _values.Now();
    }

    /// <summary>How many numbers an observation has.</summary>
    private protected int Width => _values.Observation.Count;

    /// <summary>The network's row for what each copy shows at present.</summary>
    private protected double[][] Values() => _values.Now();
}
