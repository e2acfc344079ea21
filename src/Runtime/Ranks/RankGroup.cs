using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace Dsl.Runtime;

/// <summary>
/// The processes that train together, as <c>mpirun</c> or <c>torchrun</c> has started them; each has a rank from 0. What is said
/// of all of them is a meeting: every rank calls it, in the same order, and waits for the others.
/// </summary>
/// <remarks>
/// A process that was started alone is the only rank, and nothing of MPI is loaded. Tensors on the processor are summed by MPI,
/// those on GPUs by NCCL, which is loaded when the first of them asks. When a rank fails, all are ended: the others
/// would wait for it for ever.
/// </remarks>
public sealed unsafe partial class RankGroup
{
    private static readonly Lazy<RankGroup> s_world = new(Start);

    // None where this process is alone.
    private readonly IMeeting? _meeting;

    // Who sums what lies in the processor's memory; none where the launcher knows nothing of MPI.
    private readonly ICommunicator? _host;
    private readonly Func<NcclFunctions> _functions;
    private readonly DeviceType _gpuType;
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _isOver = new();

    // The GPUs of all ranks, from the first tensor on one.
    private Nccl? _gpus;

    // What is written of a run, which the end of all must not cut off.
    private CheckpointWriter? _writer;

    // 1 once the run has failed: the end of the process must not wait for others.
    private int _hasFailed;

    /// <summary>Processes that have met.</summary>
    /// <param name="meeting">How; null for this process alone.</param>
    /// <param name="host">Who sums tensors in the processor's memory; null for nobody.</param>
    /// <param name="localRank">The place on this machine.</param>
    /// <param name="functions">NCCL, when a GPU asks for it.</param>
    /// <param name="gpuType">Tensors of which devices meet by NCCL.</param>
    internal RankGroup(
        IMeeting? meeting, ICommunicator? host, int localRank, Func<NcclFunctions> functions,
        DeviceType gpuType = DeviceType.CUDA)
    {
        (_meeting, _host, _functions, _gpuType) = (meeting, host, functions, gpuType);
        (Rank, Count) = meeting is null ? (0, 1) : (meeting.Rank, meeting.Count);
        LocalRank = localRank;
    }

    /// <summary>This process by itself, whatever it was started with.</summary>
    public static RankGroup Alone { get; } = new(null, null, 0, NcclFunctions.Load);

    /// <summary>All processes of the launch. The first look at it meets the others where there are several.</summary>
    /// <exception cref="MpiException">There are several, and MPI cannot be loaded or knows of another number.</exception>
    public static RankGroup World => s_world.Value;

    /// <summary>The ranks of the trainer that is at work on this thread; null where none is.</summary>
    [field: ThreadStatic]
    internal static RankGroup? AtWork { get; set; }

    /// <summary>This process's place, from 0.</summary>
    public int Rank { get; }

    /// <summary>How many processes there are, at least 1.</summary>
    public int Count { get; }

    /// <summary>The place among the processes of this machine, from 0: by it each takes a GPU of its own.</summary>
    public int LocalRank { get; }

    /// <summary>Whether this is rank 0, which shows progress and writes files.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>The sum over all ranks, in place; the same bits on each.</summary>
    /// <param name="values">Floating numbers or int64. Those of GPUs are summed there, by NCCL, and no step waits for it;
    /// those of other devices than the CPU go over the host.</param>
    public void Sum(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (_meeting is null || values.numel() == 0) return;
        using var noGrad = no_grad();
        if (IsOnGpu(values))
        {
            SumOnGpu(values);
            return;
        }

        bool isKnown = values.dtype is ScalarType.Float32 or ScalarType.Float64 or ScalarType.Int64;
        if (isKnown && values.device_type == DeviceType.CPU && values.is_contiguous())
        {
            Sum(TensorMemory.Pointer(values), values.numel(), values.dtype);
            return;
        }

        if (!values.is_floating_point()) throw new ArgumentException($"There is no sum of {values.dtype} over ranks.");
        using var scope = NewDisposeScope();
        var host = values.to_type(isKnown ? values.dtype : ScalarType.Float32).cpu().contiguous();
        Sum(TensorMemory.Pointer(host), host.numel(), host.dtype);
        values.copy_(host);
    }

    /// <summary>The sum over all ranks, beside this rank's numbers.</summary>
    /// <param name="values">As for <see cref="Sum(Tensor)"/>; they stay.</param>
    internal Tensor Summed(Tensor values)
    {
        using var noGrad = no_grad();
        var sum = values.detach().clone();
        Sum(sum);
        return sum;
    }

    /// <summary>The sum of a number over all ranks.</summary>
    /// <param name="number">This rank's.</param>
    public long Sum(long number)
    {
        if (_meeting is not null) Sum(&number, 1, ScalarType.Int64);
        return number;
    }

    /// <summary>The sums of losses over all ranks, in one message; each loss becomes its sum.</summary>
    /// <param name="losses">Each without dimensions; one may stand twice.</param>
    public void SumLosses(params ReadOnlySpan<Tensor> losses)
    {
        if (_meeting is null || losses.Length == 0) return;
        using var noGrad = no_grad();
        if (IsOnGpu(losses[0]))
        {
            // No step waits for the GPU.
            using var scope = NewDisposeScope();
            var all = stack([.. losses]).to_type(ScalarType.Float64);
            SumOnGpu(all);
            for (int i = 0; i < losses.Length; i++) losses[i].copy_(all[i]);
            return;
        }

        Span<double> sums = stackalloc double[losses.Length];
        for (int i = 0; i < losses.Length; i++) sums[i] = Aten.item(losses[i]);
        fixed (double* first = sums) Sum(first, sums.Length, ScalarType.Float64);
        for (int i = 0; i < losses.Length; i++) Aten.fill_(losses[i], sums[i]);
    }

    /// <summary>The means over all ranks of the running statistics of networks, in one message.</summary>
    /// <param name="networks">The networks whose normalisations have measured a rank's part of a batch.</param>
    public void AverageStatistics(params ReadOnlySpan<nn.Module> networks)
    {
        if (_meeting is null) return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        List<Tensor> statistics = [];
        foreach (var network in networks)
        {
            statistics.AddRange(network.named_buffers().Where(buffer => IsStatistic(buffer.name))
                .Select(buffer => buffer.buffer));
        }

        if (statistics.Count == 0) return;
        var all = cat([.. statistics.Select(statistic => statistic.detach().flatten())]).to_type(ScalarType.Float64);
        Sum(all);
        Aten.div_(all, Count);
        long first = 0;
        foreach (var statistic in statistics)
        {
            statistic.copy_(all.narrow(0, first, statistic.numel()).view(statistic.shape));
            first += statistic.numel();
        }
    }

    /// <summary>Rank 0's tensor, in all ranks.</summary>
    /// <param name="values">As large on each.</param>
    public void Share(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (_meeting is null || values.numel() == 0) return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (IsOnGpu(values))
        {
            var plain = values.detach().contiguous();
            lock (_gate) Gpus(plain).Share(TensorMemory.Pointer(plain), plain.numel() * plain.ElementSize);
            if (!values.is_contiguous()) values.copy_(plain);
            return;
        }

        var host = values.detach().cpu().contiguous();
        lock (_gate) _meeting.Share(TensorMemory.Pointer(host), host.numel() * host.ElementSize);
        values.copy_(host);
    }

    /// <summary>Rank 0's number, in all ranks.</summary>
    /// <param name="number">Rank 0's counts.</param>
    public double Share(double number)
    {
        if (_meeting is null) return number;
        lock (_gate) _meeting.Share(&number, sizeof(double));
        return number;
    }

    /// <summary>Whether something holds on any rank.</summary>
    /// <param name="here">Whether it holds on this one.</param>
    public bool Any(bool here) => _meeting is null ? here : Sum(here ? 1L : 0) > 0;

    /// <summary>Waits until all ranks are here.</summary>
    public void Meet()
    {
        if (_meeting is null) return;
        lock (_gate) _meeting.Meet();
    }

    /// <summary>This rank's part of a batch: of n ranks rank r has the samples from ⌊r·B/n⌋ to ⌊(r + 1)·B/n⌋.</summary>
    /// <param name="samples">The places of all samples of the batch, [B] int64; the call frees them.</param>
    /// <returns>The places of this rank's; the caller frees them.</returns>
    /// <exception cref="DataMismatchException">There are fewer samples than ranks.</exception>
    public Tensor PartOf(Tensor samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (Count == 1) return samples;
        long count = samples.size(0);
        using (samples)
        {
            RequireSamples(count);
            var (first, end) = PartOf(count, Rank, Count);
            return samples.narrow(0, first, end - first);
        }
    }

    /// <summary>The first sample of a rank's part, and the one behind its last.</summary>
    internal static (long First, long End) PartOf(long samples, int rank, int ranks) =>
        (samples * rank / ranks, samples * (rank + 1) / ranks);

    /// <summary>Refuses a batch that leaves a rank without a sample.</summary>
    /// <param name="count">The samples of the whole batch.</param>
    internal void RequireSamples(long count)
    {
        if (count >= Count) return;
        throw new DataMismatchException(
            $"A batch of {count} samples cannot be shared among {Count} ranks: take larger batches, write "
            + "[BatchSize(..., DropLast = true)] where the last batch of an epoch is the small one, or start fewer ranks.");
    }

    /// <summary>Refuses to go on where ranks differ.</summary>
    /// <param name="what">What the number is, at the start of a sentence.</param>
    /// <param name="number">This rank's.</param>
    /// <param name="remedy">What to do, a sentence with its full stop.</param>
    /// <exception cref="MpiException">A rank has another number than rank 0; all ranks throw.</exception>
    internal void RequireSame(string what, double number, string remedy)
    {
        if (Different(BitConverter.DoubleToInt64Bits(number)) is not var (rank, other, first)) return;
        throw new MpiException(
            $"{what} is {Text(first)} on rank 0 and {Text(other)} on rank {rank}: {remedy}")
        {
            IsOnAllRanks = true,
        };

        static string Text(long bits) => BitConverter.Int64BitsToDouble(bits).ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>The first rank that has another number than rank 0, and both numbers; null where all have the same.</summary>
    internal (int Rank, long Number, long First)? Different(long number)
    {
        if (_meeting is null) return null;
        Span<long> all = stackalloc long[Count];
        all.Clear();
        all[Rank] = number;
        fixed (long* first = all) Sum(first, Count, ScalarType.Int64);
        for (int rank = 1; rank < Count; rank++)
        {
            if (all[rank] != all[0]) return (rank, all[rank], all[0]);
        }

        return null;
    }

    private static bool IsStatistic(string name) => name.EndsWith("running_mean", StringComparison.Ordinal)
        || name.EndsWith("running_var", StringComparison.Ordinal);

    /// <summary>Refuses parameters whose gradients no one would sum.</summary>
    /// <exception cref="MpiException">They are on the processor, and MPI has not started the ranks.</exception>
    internal void RequireSumsOf(Tensor parameters)
    {
        if (IsOnGpu(parameters) || _host is not null) return;
        throw new MpiException(
            $"Gradients on the processor are summed by MPI, and this launcher has started {Count} processes without it: start "
            + "them by mpirun or srun, or train on GPUs, new Device(DeviceType.CUDA, RankGroup.World.LocalRank).");
    }

    private bool IsOnGpu(Tensor values) => values.device_type == _gpuType;

    private ICommunicator CommunicatorOf(Tensor values)
    {
        RequireSumsOf(values);
        return IsOnGpu(values) ? Gpus(values) : _host!;
    }

    // All ranks come here at the same call: each joins with the GPU of its first tensor.
    private Nccl Gpus(Tensor values)
    {
        if (_gpus is null)
        {
            _gpus = Nccl.Begin(_functions(), _meeting!, values.device_index);
            new Thread(Watch) { IsBackground = true, Name = "NCCL" }.Start();
        }

        if (_gpus.Device == values.device_index) return _gpus;
        throw new NcclException(
            $"Rank {Rank} has tensors on GPU {_gpus.Device} and on GPU {values.device_index}: a rank computes on one GPU.");
    }

    private void SumOnGpu(Tensor values)
    {
        if (Nccl.Sums(values.dtype) && values.is_contiguous())
        {
            lock (_gate) Gpus(values).Sum(TensorMemory.Pointer(values), values.numel(), values.dtype);
            return;
        }

        if (!Nccl.Sums(values.dtype)) throw new ArgumentException($"There is no sum of {values.dtype} over GPUs.");
        using var plain = values.contiguous();
        lock (_gate) Gpus(plain).Sum(TensorMemory.Pointer(plain), plain.numel(), plain.dtype);
        values.copy_(plain);
    }

    private void Sum(void* values, long count, ScalarType type)
    {
        lock (_gate) _meeting!.Sum(values, count, type);
    }
}
