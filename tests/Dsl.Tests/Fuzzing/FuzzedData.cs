using Dsl.Runtime;
using static TorchSharp.torch;

namespace Dsl.Tests.Fuzzing;

/// <summary>A user's source of data, which is wrong from some read on.</summary>
/// <param name="all">Good parts, [N, ...] each, by their names.</param>
internal sealed class FuzzedData(IReadOnlyDictionary<string, Tensor> all) : ILabeledDataSource, IFurtherInputs
{
    // More than any run of these trainers reads: a number of samples that is told may be without an end.
    private const int Enough = 1000;

    private int _reads, _counts, _all;

    /// <summary>The part that is wrong; null for none.</summary>
    public string? Spoiled { get; init; }

    /// <summary>The first read of it that is wrong, from 0.</summary>
    public int FirstSpoiled { get; init; }

    /// <summary>What comes in place of a good read.</summary>
    public Func<Tensor, Tensor?>? Spoil { get; init; }

    /// <summary>The number of samples that is told, by how often it was asked for; null for the right one.</summary>
    public Func<int, long>? Told { get; init; }

    public long Count => Told is null ? all.Values.First().size(0) : Told(_counts++);

    public Tensor ReadInputs(Tensor indices) => Read(all.ContainsKey(Slot.Unlabeled) ? Slot.Unlabeled : "input", indices);

    public Tensor ReadLabels(Tensor indices) => Read("label", indices);

    public Tensor ReadInput(string name, Tensor indices) => Read(name, indices);

    private Tensor Read(string name, Tensor indices)
    {
        if (_all++ > Enough) throw new SourceException();

        // A source that tells more samples than it has reads some twice.
        var whole = all[name];
        using var places = indices.remainder(whole.size(0));
        var good = whole.index_select(0, places);
        return name == Spoiled && _reads++ >= FirstSpoiled ? Spoil!(good)! : good;
    }
}

/// <summary>What a user's source throws.</summary>
internal sealed class SourceException : Exception;
