namespace Dsl;

/// <summary>A number that describes a column.</summary>
public enum Statistic
{
    /// <summary>The arithmetic mean, for numbers.</summary>
    Mean,

    /// <summary>The middle value, or the mean of the middle two, for numbers.</summary>
    Median,

    /// <summary>The most frequent value; of equally frequent ones the smallest, or the one declared first.</summary>
    Mode,
}
