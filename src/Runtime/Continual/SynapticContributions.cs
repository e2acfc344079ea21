using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// What each parameter did for the tasks that have ended, and the pull Σᵢ Ωᵢ·(θᵢ − θ*ᵢ)² towards where they
/// left it (Zenke, Poole and Ganguli 2017, arXiv 1703.04200, equations 3 to 5).
/// </summary>
public sealed class SynapticContributions : IDisposable
{
    private readonly ParameterArena _arena;
    private readonly ConsolidatedWeights _held;
    private readonly Tensor _before, _gradient;

    /// <summary>No task has ended.</summary>
    /// <param name="arena">The parameters; what of them is trained contributes.</param>
    public SynapticContributions(ParameterArena arena)
    {
        ArgumentNullException.ThrowIfNull(arena);
        _arena = arena;
        _held = new ConsolidatedWeights(arena);
        (Path, Start) = (arena.NewTwin(), arena.NewTwin());
        (_before, _gradient) = (arena.NewTwin(), arena.NewTwin());
        Begun = zeros([], ScalarType.Int64).DetachFromDisposeScope();
    }

    /// <summary>ω of the task at hand, [P], in the order of the arena. The tensor is this object's.</summary>
    public Tensor Path { get; }

    /// <summary>The parameters when the task began, [P]; zeros before its first step. The tensor is this object's.</summary>
    public Tensor Start { get; }

    /// <summary>Whether the task at hand has had a step: 0 or 1, int64 without dimensions on the CPU. The tensor is this
    /// object's.</summary>
    public Tensor Begun { get; }

    /// <summary>2·Ω, [P]. The tensor is this object's.</summary>
    public Tensor Importance => _held.Importance;

    /// <summary>θ*, [P]. The tensor is this object's.</summary>
    public Tensor Anchor => _held.Anchor;

    private bool HasBegun
    {
        get => MemoryMarshal.Cast<byte, long>(Begun.bytes)[0] != 0;
        set => MemoryMarshal.Cast<byte, long>(Begun.bytes)[0] = value ? 1 : 0;
    }

    /// <summary>Σ Ω·(θ − θ*)² at the parameters as they are, without dimensions; the caller frees it.</summary>
    public Tensor Penalty() => _held.Penalty();

    /// <summary>The same as a function of parameters, for autograd.</summary>
    /// <param name="parameters">[P], in the order of the arena.</param>
    /// <returns>A number without dimensions.</returns>
    public Tensor Of(Tensor parameters) => _held.Of(parameters);

    /// <summary>Adds the pull's gradient, g·2Ω·(θ − θ*), to the arena's.</summary>
    /// <param name="gradient">g: that of the pull, without dimensions.</param>
    public void AddGradient(Tensor gradient) => _held.AddGradient(gradient);

    /// <summary>Before an update: keeps the parameters, and their gradient without the pull's.</summary>
    /// <param name="weight">c: what the pull was weighed by.</param>
    public void BeginUpdate(double weight)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (!HasBegun) Start.copy_(_arena.Trainable);
        HasBegun = true;
        _before.copy_(_arena.Trainable);
        _gradient.copy_(_arena.Gradients);
        Aten.add_(_gradient, (_arena.Trainable - Anchor).mul_(Importance), -weight);
    }

    /// <summary>Behind an update: adds what each parameter did.</summary>
    public void EndUpdate()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        Aten.addcmul_(Path, _gradient, _arena.Trainable - _before, -1);
    }

    /// <summary>Ends a task: holds the parameters where they are, by what they did for it and for those before.</summary>
    /// <param name="damping">ξ, above 0.</param>
    public void EndTask(double damping)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(damping);
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();

        // A task without a step did nothing.
        var way = HasBegun ? _arena.Trainable - Start : zeros_like(Start);
        var gained = Path / Aten.add_(Aten.pow(way, 2), damping);
        Importance.copy_(Aten.clamp_min_(Aten.add(Importance, gained, 2), 0));
        Anchor.copy_(_arena.Trainable);
        Path.zero_();
        Start.zero_();
        HasBegun = false;
    }

    /// <summary>Frees what is kept.</summary>
    public void Dispose()
    {
        _held.Dispose();
        foreach (var own in (Tensor[])[Path, Start, Begun, _before, _gradient]) own.Dispose();
    }
}
