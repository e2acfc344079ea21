using Dsl.Runtime;
using static TorchSharp.torch;

namespace Dsl.Tests.Fuzzing;

/// <summary>A declared trainer, by the parts of its batch.</summary>
/// <param name="Name">The trainer.</param>
/// <param name="Start">Makes one, always with the same weights.</param>
/// <param name="Slots">The parts of a batch, in its order.</param>
internal sealed record Subject(string Name, Func<Live> Start, params Slot[] Slots)
{
    /// <summary>Parts that the network reads of a labelled sample.</summary>
    public IEnumerable<Slot> Inputs => Slots.Where(slot => slot.IsLabeled && slot.Kind is SlotKind.Real or SlotKind.Index);

    public override string ToString() => Name;
}

/// <summary>A trainer that lives, by its public doors; each takes the parts of a batch in order, or the sources.</summary>
internal sealed class Live(IDisposable trainer, params nn.Module[] networks) : IDisposable
{
    public required Func<Tensor?[], Tensor> Step { get; init; }

    /// <summary>A step on a batch with the random numbers of another one; null where there are none.</summary>
    public Func<Tensor?[], Tensor?[], Tensor>? StepDrawn { get; init; }

    public required Func<Tensor?[], IDisposable> Draw { get; init; }

    public required Action<FuzzedData, FuzzedData, ITrainingProgress> Fit { get; init; }

    public required Func<FuzzedData, IEvaluation> Evaluate { get; init; }

    public required Func<Tensor?[], Tensor> Predict { get; init; }

    public required Action<string> Save { get; init; }

    public required Action<string> Resume { get; init; }

    /// <summary>Every door with null in place of a batch or of data.</summary>
    public required Action[] WithNull { get; init; }

    public required Func<long> StepCount { get; init; }

    /// <summary>Parameters and statistics of every network that the trainer has.</summary>
    public IEnumerable<(string Name, Tensor Value)> State() =>
        networks.SelectMany((network, index) => network.state_dict().Select(pair => ($"{index}.{pair.Key}", pair.Value)));

    public void Dispose()
    {
        trainer.Dispose();
        foreach (var network in networks) network.Dispose();
    }
}
