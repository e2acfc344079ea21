using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>What a teacher says of every sample, asked once: for inputs that are the same in every epoch.</summary>
/// <param name="data">The samples.</param>
/// <param name="teach">Inputs [B, ...] on the device to the teacher's answer [B, ...].</param>
/// <param name="batchSize">Samples that are asked of at a time, at least 1.</param>
/// <param name="device">Where the answers are kept.</param>
public sealed class TeacherCache(IDataSource data, Func<Tensor, Tensor> teach, int batchSize, Device device) : IDisposable
{
    private Tensor? _answers;
    private double _temperature;

    /// <summary>The answers for some samples.</summary>
    /// <param name="indices">Which, [B] int64 on the CPU.</param>
    /// <param name="temperature">What the answers depend on: when it has changed, the teacher is asked anew. 0 where they
    /// depend on nothing.</param>
    /// <returns>[B, ...] on the device; the caller disposes it.</returns>
    public Tensor Read(Tensor indices, double temperature = 0)
    {
        if (_answers is null || temperature != _temperature)
        {
            _answers?.Dispose();
            _answers = AskAll();
            _temperature = temperature;
        }

        using var moved = indices.to(_answers.device, copy: true);
        return _answers.index_select(0, moved);
    }

    /// <summary>Frees the answers.</summary>
    public void Dispose() => _answers?.Dispose();

    private Tensor AskAll()
    {
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        for (long start = 0; start < data.Count; start += batchSize)
        {
            using var indices = Aten.arange(start, Math.Min(start + batchSize, data.Count));
            using var inputs = DataTransfer.To(data.ReadInputs(indices), device);
            parts.Add(teach(inputs));
        }

        return cat(parts, 0).DetachFromDisposeScope();
    }
}
