using System.Diagnostics;
using System.Globalization;
using Dsl.Runtime;
using static TorchSharp.torch;

namespace Ranks;

/// <summary>What happens to a rank.</summary>
internal enum Fault
{
    Throws,
    Killed,
    Terminated,
}

/// <summary>Data of which one rank cannot read a batch.</summary>
/// <param name="data">The data.</param>
/// <param name="rank">The rank; -1 for none.</param>
/// <param name="read">The batch, from 1.</param>
/// <param name="fault">What happens there.</param>
internal sealed class FaultyData(ILabeledDataSource data, int rank, int read, Fault fault) : ILabeledDataSource
{
    private int _reads;

    public long Count => data.Count;

    public Tensor ReadInputs(Tensor indices)
    {
        if (RankGroup.World.Rank == rank && ++_reads == read) Fail();
        return data.ReadInputs(indices);
    }

    public Tensor ReadLabels(Tensor indices) => data.ReadLabels(indices);

    private void Fail()
    {
        if (fault == Fault.Killed) Process.GetCurrentProcess().Kill();
        if (fault == Fault.Throws) throw new InvalidDataException($"Batch {read} cannot be read.");
        string id = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        using var signal = Process.Start("kill", ["-TERM", id]);
        signal.WaitForExit();
    }
}
