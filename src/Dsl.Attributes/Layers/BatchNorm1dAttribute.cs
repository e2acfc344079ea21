namespace Dsl;

/// <summary>Batch normalisation of [N, C] per channel (Ioffe and Szegedy 2015, arXiv 1502.03167, algorithm 1).</summary>
/// <remarks>
/// Training normalises with the batch's mean and biased variance and updates the running statistics (unbiased variance);
/// evaluation uses the running statistics. Parameters: weight [C] from 1, bias [C] from 0; buffers: running_mean,
/// running_var, num_batches_tracked.
/// </remarks>
public sealed class BatchNorm1dAttribute : BatchNormAttribute;
