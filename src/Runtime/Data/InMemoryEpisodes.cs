using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>Tasks whose samples lie in four tensors.</summary>
public sealed class InMemoryEpisodes : IEpisodeSource, IDisposable
{
    private readonly Tensor[] _parts;

    /// <summary>Takes four tensors over; they live until <see cref="Dispose"/>, whatever dispose scope is open.</summary>
    /// <param name="supportInputs">[E, S, ...]: S samples of each of E tasks.</param>
    /// <param name="supportLabels">[E, S, ...]: classes int64, or targets in the shape of what the model returns.</param>
    /// <param name="queryInputs">[E, Q, ...].</param>
    /// <param name="queryLabels">[E, Q, ...].</param>
    /// <exception cref="ArgumentException">The numbers of tasks or of samples differ, or there is none.</exception>
    /// <exception cref="DataMismatchException">A number is infinite or NaN; the message says where.</exception>
    public InMemoryEpisodes(Tensor supportInputs, Tensor supportLabels, Tensor queryInputs, Tensor queryLabels)
    {
        Episodes.Require(
            (nameof(supportInputs), supportInputs), (nameof(supportLabels), supportLabels),
            (nameof(queryInputs), queryInputs), (nameof(queryLabels), queryLabels));
        _parts = [supportInputs, supportLabels, queryInputs, queryLabels];
        foreach (var part in _parts) FiniteData.Require(part, "episodes");
        foreach (var part in _parts) part.DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public long Count => Part(0).size(0);

    /// <inheritdoc/>
    public Tensor ReadSupportInputs(Tensor indices) => Read(0, indices);

    /// <inheritdoc/>
    public Tensor ReadSupportLabels(Tensor indices) => Read(1, indices);

    /// <inheritdoc/>
    public Tensor ReadQueryInputs(Tensor indices) => Read(2, indices);

    /// <inheritdoc/>
    public Tensor ReadQueryLabels(Tensor indices) => Read(3, indices);

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var part in _parts) part.Dispose();
    }

    private Tensor Part(int part) => DisposedData.Require(_parts[part], this);

    private Tensor Read(int part, Tensor indices)
    {
        ArgumentNullException.ThrowIfNull(indices);
        var tensor = Part(part);
        if (tensor.device_type == indices.device_type) return tensor.index_select(0, indices);
        using var placed = indices.to(tensor.device);
        return tensor.index_select(0, placed);
    }
}
