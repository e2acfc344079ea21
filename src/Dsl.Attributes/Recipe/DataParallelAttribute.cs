namespace Dsl;

/// <summary>
/// Several processes make each update together, as <c>mpirun -n 4</c> starts them: every rank computes the gradient of its part
/// of the batch, and one sum over all ranks is the gradient of the update (synchronous data parallelism; Goyal et al. 2017,
/// arXiv 1706.02677, section 3).
/// </summary>
/// <remarks>
/// <para>The batch size is that of the whole batch, whatever the number of ranks: of n ranks each has one n-th of it. Means are
/// those of the whole batch, over labels by the labels of all ranks, so that n ranks do what one process does on the same batch.
/// Bounds on the gradient hold for the sum. With <c>[Accumulate]</c> there is still one sum an update.</para>
/// <para>Parameters and everything else that a checkpoint holds are rank 0's at the start of <c>Fit</c>. Order and batches follow
/// from the seed; what is drawn for a sample, as masks and augmentations, from the seed and the rank. Rank 0 alone shows progress
/// and writes checkpoints, and all resume from them, in any number. Batch normalisation measures a rank's part; running
/// statistics are the means over ranks.</para>
/// <para>Gradients on the processor are summed by MPI, those on GPUs by NCCL. Started alone, the process is the only rank, and
/// neither is loaded. A rank that throws ends all.</para>
/// </remarks>
public sealed class DataParallelAttribute : RecipeAttribute
{
    /// <summary>Whether gradients are summed in pieces, while the backward pass computes others. Off, since Open MPI sends in its
    /// calls alone, and takes the processor's time for it: measure where ranks are on machines of their own.</summary>
    public bool Overlap { get; set; }

    /// <summary>Whether each rank keeps the optimizer's state of one n-th of the parameters alone, and updates these, as ZeRO's
    /// first stage (Rajbhandari et al. 2020, arXiv 1910.02054, section 5.1): a reduce-scatter of the gradient, and an all-gather
    /// of the parameters, in the place of one all-reduce. Files are the same.</summary>
    public bool ShardOptimizer { get; set; }
}
