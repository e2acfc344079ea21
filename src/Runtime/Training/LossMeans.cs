using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The losses of the steps of an epoch, as sums. On the CPU each is read where it lies. On another device they are put into a row
/// there, one copy for each loss, and read together when somebody asks: no step waits for the device.
/// </summary>
internal sealed class LossMeans : IDisposable
{
    /// <summary>Steps that wait on a device at most.</summary>
    public const int Capacity = 1000;

    private string[] _names = [];
    private double[] _sums = [0];
    private long[] _counts = [0];
    private Tensor? _waiting;
    private readonly List<int> _waitingLosses = [];

    // Since the last look.
    private bool _isFinite = true;

    /// <summary>Steps taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Takes a step.</summary>
    public void Add(Tensor total, ReadOnlySpan<(string Name, Tensor? Loss)> losses)
    {
        if (_names.Length != losses.Length || Steps == 0) Name(losses);
        Steps++;
        Take(0, total);
        for (int i = 0; i < losses.Length; i++)
        {
            if (losses[i].Loss is { } loss) Take(i + 1, loss);
        }
    }

    /// <summary>Whether every total since the last look is finite.</summary>
    public bool Look()
    {
        Read();
        bool isFinite = _isFinite;
        _isFinite = true;
        return isFinite;
    }

    /// <summary>The mean of the totals, and of each loss by its name.</summary>
    public (double Total, IReadOnlyList<(string Name, double Loss)> Losses) Means()
    {
        Read();
        return (Mean(0), [.. _names.Select((name, index) => (name, Mean(index + 1)))]);
    }

    /// <summary>The sums as they are, of the total first.</summary>
    public IEnumerable<(string Name, double Sum, long Count)> Sums()
    {
        Read();
        return _names.Prepend("").Select((name, index) => (name, _sums[index], _counts[index]));
    }

    /// <summary>Goes on from sums that were saved.</summary>
    public void Restore(long steps, IReadOnlyList<(string Name, double Sum, long Count)> sums)
    {
        Begin();
        if (sums.Count == 0) return;
        _names = [.. sums.Skip(1).Select(sum => sum.Name)];
        _sums = [.. sums.Select(sum => sum.Sum)];
        _counts = [.. sums.Select(sum => sum.Count)];
        Steps = steps;
    }

    /// <summary>Begins an epoch.</summary>
    public void Begin()
    {
        _waitingLosses.Clear();
        _sums.AsSpan().Clear();
        _counts.AsSpan().Clear();
        Steps = 0;
        _isFinite = true;
    }

    /// <summary>Frees what lies on the device.</summary>
    public void Dispose()
    {
        _waiting?.Dispose();
        _waiting = null;
    }

    private void Name(ReadOnlySpan<(string Name, Tensor? Loss)> losses)
    {
        _names = new string[losses.Length];
        for (int i = 0; i < losses.Length; i++) _names[i] = losses[i].Name;
        _sums = new double[losses.Length + 1];
        _counts = new long[losses.Length + 1];
    }

    private void Take(int index, Tensor loss)
    {
        if (loss.device_type == DeviceType.CPU)
        {
            Count(index, Aten.item(loss));
            return;
        }

        using var noGrad = no_grad();
        _waiting ??= zeros([Capacity], loss.dtype, loss.device).DetachFromDisposeScope();
        using (var place = _waiting.narrow(0, _waitingLosses.Count, 1)) place.copy_(loss);
        _waitingLosses.Add(index);
        if (_waitingLosses.Count == Capacity) Read();
    }

    private void Count(int index, double loss)
    {
        bool isFinite = double.IsFinite(loss);
        if (index == 0) _isFinite &= isFinite;
        if (!isFinite) return;
        _sums[index] += loss;
        _counts[index]++;
    }

    private void Read()
    {
        if (_waitingLosses.Count == 0) return;
        double[] losses = TensorMemory.Doubles(_waiting!);
        for (int i = 0; i < _waitingLosses.Count; i++) Count(_waitingLosses[i], losses[i]);
        _waitingLosses.Clear();
    }

    private double Mean(int index) => _counts[index] == 0 ? double.NaN : _sums[index] / _counts[index];
}
