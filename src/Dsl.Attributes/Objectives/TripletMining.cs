namespace Dsl;

/// <summary>Which triplets of a batch are taken, anchor a, positive p of its class, negative n of another.</summary>
public enum TripletMining
{
    /// <summary>For each pair (a, p) the nearest n that is farther from a than p; where there is none, the farthest n (Schroff et
    /// al. 2015, section 3.2). The mean is over the pairs.</summary>
    SemiHard,

    /// <summary>Every triplet. The mean is over those with a loss above 0, or with a soft margin over all (Hermans et al. 2017,
    /// section 2). It takes memory for N³ numbers.</summary>
    BatchAll,

    /// <summary>For each a the farthest p and the nearest n (Hermans et al. 2017, equation 5). The mean is over the anchors. From
    /// random weights it often collapses to one point, where the loss is the margin.</summary>
    BatchHard,
}
