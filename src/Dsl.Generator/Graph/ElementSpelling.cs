namespace Dsl.Generator.Graph;

/// <summary>The elements that an operation reads, and what can be done with them in the language of a loop.</summary>
internal abstract class ElementSpelling
{
    /// <summary>The element of an input.</summary>
    public abstract string this[int input] { get; }

    /// <summary>A number beside elements.</summary>
    public abstract string Number(Scalar number);

    /// <summary>A function of elements: exp, log, sqrt, abs, max or min. The last two give no number where an element is
    /// none.</summary>
    public abstract string Call(string function, params string[] elements);

    /// <summary>One of two elements, as a comparison says.</summary>
    /// <param name="comparison">Its name among libtorch's: gt, ge, lt, le, eq, ne.</param>
    /// <param name="left">What is compared.</param>
    /// <param name="right">What it is compared with.</param>
    /// <param name="holds">The element where it holds.</param>
    /// <param name="else">The element where it does not.</param>
    public abstract string Where(string comparison, string left, string right, string holds, string @else);
}
