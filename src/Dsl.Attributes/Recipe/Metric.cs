namespace Dsl;

/// <summary>What is measured on validation data.</summary>
public enum Metric
{
    /// <summary>The mean cross-entropy; less is better.</summary>
    Loss,

    /// <summary>The share of samples whose largest logit is their class; more is better.</summary>
    Accuracy,
}
