namespace Dsl;

/// <summary>What a loss of one's own compares predictions with.</summary>
public enum LabelType
{
    /// <summary>Numbers in the shape of the prediction.</summary>
    Numbers,

    /// <summary>A class for each sample: [N] int64 in 0, ..., K − 1.</summary>
    Classes,
}
