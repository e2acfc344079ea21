namespace Dsl.Runtime;

/// <summary>How a column of numbers is scaled: x becomes (x − shift) / scale.</summary>
public abstract class ColumnScaling
{
    /// <summary>What it is called in a description.</summary>
    public abstract string Name { get; }

    /// <summary>Shift and scale for the values of a column.</summary>
    /// <param name="values">At least one, all finite.</param>
    public abstract (double Shift, double Scale) Fit(ReadOnlySpan<double> values);
}
