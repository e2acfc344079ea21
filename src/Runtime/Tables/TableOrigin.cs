namespace Dsl.Runtime;

/// <summary>What rows were read from, for messages.</summary>
/// <param name="Name">The file, or what else it is called.</param>
/// <param name="Unit">What is counted in it: <c>line</c> or <c>row</c>.</param>
internal sealed record TableOrigin(string Name, string Unit)
{
    /// <summary>A text, of which lines are counted.</summary>
    public static TableOrigin OfText(string name) => new(name, "line");

    /// <summary>A source of values with types, of which rows are counted.</summary>
    public static TableOrigin OfRows(string name) => new(name, "row");
}
