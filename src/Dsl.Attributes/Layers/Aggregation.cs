namespace Dsl;

/// <summary>What is made of several rows: what arrives at a node, or the nodes of a graph. Of no row at all it is 0.</summary>
public enum Aggregation
{
    /// <summary>Their sum, which tells multisets of features apart (Xu et al. 2019, arXiv 1810.00826, lemma 5).</summary>
    Sum,

    /// <summary>Their mean, which tells proportions apart.</summary>
    Mean,

    /// <summary>The largest number of each feature, which tells sets apart; equal ones share the gradient evenly.</summary>
    Max,
}
