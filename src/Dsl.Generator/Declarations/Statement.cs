namespace Dsl.Generator.Declarations;

/// <summary>A statement of a <c>Forward</c> as it was written, without its position.</summary>
internal abstract record Statement(Site Site)
{
    /// <summary>A local or a parameter gets a value, be it its first one.</summary>
    public sealed record Assign(string Name, Expression Value, Site Site) : Statement(Site);

    public sealed record Return(Expression Value, Site Site) : Statement(Site);

    public sealed record If(Expression Condition, EquatableArray<Statement> Then, EquatableArray<Statement> Else, Site Site)
        : Statement(Site);

    public sealed record For(
        EquatableArray<Statement> Before, Expression? Condition, EquatableArray<Statement> AtEnd,
        EquatableArray<Statement> Body, Site Site) : Statement(Site);

    public sealed record Break(Site Site) : Statement(Site);

    public sealed record Continue(Site Site) : Statement(Site);

    /// <summary>A statement outside of what is analysed.</summary>
    /// <param name="What">It, as messages show it.</param>
    public sealed record Outside(string What, Site Site) : Statement(Site);
}
