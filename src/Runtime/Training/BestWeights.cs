using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>The weights that were best on validation data so far, and how long ago that was.</summary>
public sealed class BestWeights : IDisposable
{
    /// <summary>What a checkpoint calls the best value and what belongs to it.</summary>
    internal const string RecordName = "best.record";

    private readonly (string Name, nn.Module Network)[] _networks;
    private readonly Dictionary<string, Tensor> _kept = [];
    private readonly Tensor _record;

    /// <summary>Nothing is best yet.</summary>
    /// <param name="networks">The networks whose parameters and buffers are kept, by their names in a checkpoint. They stay their
    /// owner's, and must not be moved to another device or type.</param>
    public BestWeights(params (string Name, nn.Module Network)[] networks)
    {
        _networks = networks;
        _record = zeros([3], ScalarType.Float64).DetachFromDisposeScope();
        foreach (var (name, tensor) in Live()) _kept.Add(name, zeros_like(tensor).DetachFromDisposeScope());
    }

    /// <summary>The best value so far; NaN before the first.</summary>
    public double Best => Record is (var best, _, > 0) ? best : double.NaN;

    /// <summary>Evaluations since the best one.</summary>
    public long EvaluationsWithoutImprovement => (long)Record.Waited;

    // A tensor, because a checkpoint holds tensors: the best value, the evaluations since, and whether there is one.
    private (double Best, double Waited, double Found) Record
    {
        get
        {
            // Its bytes, because TorchSharp's arrays need code that a native binary does not have.
            var values = MemoryMarshal.Cast<byte, double>(_record.bytes);
            return (values[0], values[1], values[2]);
        }

        set
        {
            using var values = tensor(new[] { value.Best, value.Waited, value.Found });
            _record.copy_(values);
        }
    }

    /// <summary>Takes the value of an evaluation; keeps the present weights when it is the best.</summary>
    /// <param name="value">The metric; NaN is never an improvement.</param>
    /// <param name="higherIsBetter">Whether more is better.</param>
    /// <param name="minimumImprovement">How much better than the best it must be, at least 0.</param>
    /// <returns>Whether it is an improvement.</returns>
    public bool Observe(double value, bool higherIsBetter, double minimumImprovement)
    {
        using var noGrad = no_grad();
        var best = Best;
        var gain = higherIsBetter ? value - best : best - value;
        if (double.IsNaN(best) ? double.IsNaN(value) : !(gain > minimumImprovement))
        {
            Record = Record with { Waited = Record.Waited + 1 };
            return false;
        }

        Record = (value, 0, 1);
        foreach (var (name, live) in Live()) _kept[name].copy_(live);
        return true;
    }

    /// <summary>Forgets what was best: nothing is, again.</summary>
    public void Restart() => Record = (0, 0, 0);

    /// <summary>Puts the best weights back into the networks, when there are any.</summary>
    public void Restore()
    {
        if (double.IsNaN(Best)) return;
        using var noGrad = no_grad();
        foreach (var (name, live) in Live()) live.copy_(_kept[name]);
    }

    /// <summary>Adds what a checkpoint must hold.</summary>
    /// <param name="state">Tensors by name.</param>
    public void AddTo(IDictionary<string, Tensor> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Add(RecordName, _record);
        foreach (var (name, tensor) in _kept) state.Add("best." + name, tensor);
    }

    /// <summary>Frees the kept weights.</summary>
    public void Dispose()
    {
        _record.Dispose();
        foreach (var tensor in _kept.Values) tensor.Dispose();
    }

    private IEnumerable<(string Name, Tensor Tensor)> Live() => _networks.SelectMany(
        owner => owner.Network.state_dict().Select(pair => ($"{owner.Name}.{pair.Key}", pair.Value)));
}
