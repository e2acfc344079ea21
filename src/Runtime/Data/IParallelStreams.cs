namespace Dsl.Runtime;

/// <summary>Data that are long sequences side by side, cut into parts: sample i is a part of stream i mod B, and what follows on
/// it is sample i + B.</summary>
public interface IParallelStreams
{
    /// <summary>B, the number of streams. The number of samples is a multiple of it.</summary>
    int Streams { get; }
}
