using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>How the processes of a run agree on numbers in their own memory. Each call is made by all, in the same
/// order.</summary>
internal unsafe interface IMeeting
{
    /// <summary>The place of this process, from 0.</summary>
    int Rank { get; }

    /// <summary>How many processes there are.</summary>
    int Count { get; }

    /// <summary>The sums over all processes, in place; the same bits in each.</summary>
    /// <param name="values">The first of them.</param>
    /// <param name="count">How many.</param>
    /// <param name="type">float32, float64 or int64.</param>
    void Sum(void* values, long count, ScalarType type);

    /// <summary>The bytes of the first process, in all.</summary>
    void Share(void* bytes, long count);

    /// <summary>Waits for all processes.</summary>
    void Meet();

    /// <summary>Ends all processes, this one too.</summary>
    void Abort();

    /// <summary>The end, which all processes come to.</summary>
    void End();
}
