namespace Dsl.Runtime;

/// <summary>The batches of one update; they are freed with it.</summary>
/// <typeparam name="TBatch">A trainer's batch.</typeparam>
public sealed class BatchWindow<TBatch> : List<TBatch>, IDisposable
    where TBatch : IDisposable
{
    /// <summary>Frees the batches.</summary>
    public void Dispose() => ForEach(batch => batch.Dispose());
}
