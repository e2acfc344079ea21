namespace Dsl;

/// <summary>
/// Contrastive predictive coding: representations of sequences without labels. From what a context network makes of the places
/// up to t, a linear map for each horizon k tells the embedding at t + k from those of the other samples of the batch at the
/// same place: the mean over k, t and the batch of −log exp(s_ii)/Σ_j exp(s_ij), s_ij = z_j(t + k)ᵀ·W_k·c_i(t) (van
/// den Oord et al. 2018, arXiv 1807.03748, equations 3 and 4).
/// </summary>
/// <typeparam name="TContext">A class with <see cref="ModelAttribute">[Model]</see> that takes what the trainer's model returns,
/// [N, T, D], and gives a context for each place, [N, T, C]; habitually a GRU.</typeparam>
/// <typeparam name="TPredictor">A class with <see cref="ModelAttribute">[Model]</see> that takes contexts [N, T, C] and gives the
/// predictions for all horizons side by side, [N, T, Horizons·D]; <c>[Linear(Horizons·D, Bias = false)]</c> is the paper's
/// W_1, ..., W_K.</typeparam>
/// <remarks>
/// No objective and no labels: <c>Fit(sequences)</c>. The model returns an embedding for each place, [N, T, D], T above
/// Horizons. Neither may the model see later places than its own by more than a neighbourhood, nor the context any: what has
/// seen z(t + k) need not predict it. A context that reads backwards, by attention without <c>Causal</c> or by a recurrent layer
/// of two directions, is an error. The positive is in the denominator, so that log N − loss is a lower bound of the mutual
/// information between a context and a future embedding (the paper's section 2.3); a loss of log N, or more, is nothing learned.
/// With <c>[Accumulate]</c> each batch is told apart by itself.
/// </remarks>
/// <example><code>
/// [Model(1, 1280), Conv1d(64, 10, Stride = 10), ReLU, Permute(2, 1)]
/// public partial class Frames;                                    // [N, 128, 64]
///
/// [Model(128, 64), Gru(64)]
/// public partial class Past;
///
/// [Model(128, 64), Linear(256, Bias = false)]
/// public partial class Futures;                                   // 4 horizons of 64
///
/// [Trainer&lt;Frames&gt;, Cpc&lt;Past, Futures&gt;(Horizons = 4), Adam(2e-4), BatchSize(64, DropLast = true), Epochs(50)]
/// public partial class FramesTrainer;
/// </code></example>
public sealed class CpcAttribute<TContext, TPredictor> : SchemeAttribute
{
    /// <summary>K: how many places ahead are predicted, each of 1, ..., K.</summary>
    [Interval("[1, 64]")]
    public int Horizons { get; set; } = 12;
}
