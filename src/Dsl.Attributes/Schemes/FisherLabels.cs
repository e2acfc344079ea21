namespace Dsl;

/// <summary>Which labels a Fisher information is an expectation over. Labels of the data are not among them: with those the
/// squared gradients are the empirical Fisher, which vanishes where the data are fitted (Kunstner et al. 2019, arXiv
/// 1905.12558).</summary>
public enum FisherLabels
{
    /// <summary>Every label, each as probable as the network says: K backward passes for each sample, and no noise.</summary>
    Expected,

    /// <summary>One label for each sample, drawn from what the network says: one backward pass, and an estimate without
    /// bias.</summary>
    Sampled,
}
