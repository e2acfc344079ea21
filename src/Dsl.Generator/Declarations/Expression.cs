namespace Dsl.Generator.Declarations;

/// <summary>An expression of a <c>Forward</c> as it was written, without its position.</summary>
internal abstract record Expression(Site Site)
{
    /// <summary>The function that an indexer is.</summary>
    public const string Index = "[]";

    /// <summary>A number or a truth value known at compile time; null where an argument was left out.</summary>
    public sealed record Constant(object? Value, Site Site) : Expression(Site);

    /// <summary>A local or a parameter.</summary>
    public sealed record Variable(string Name, Site Site) : Expression(Site);

    /// <summary>A call of a method that carries layers.</summary>
    public sealed record Layers(string Method, EquatableArray<Expression> Arguments, Site Site) : Expression(Site);

    /// <summary>A call of a function of the tensor library; a method's instance is its first argument.</summary>
    public sealed record Function(string Name, EquatableArray<Expression> Arguments, Site Site) : Expression(Site);

    /// <summary>An operator of C#: <c>+</c>, <c>&lt;=</c>, <c>&amp;&amp;</c>.</summary>
    public sealed record Binary(string Operator, Expression Left, Expression Right, Site Site) : Expression(Site);

    public sealed record Unary(string Operator, Expression Operand, Site Site) : Expression(Site);

    /// <summary>A number in another type of number.</summary>
    /// <param name="Type">Its keyword, such as <c>byte</c> or <c>double</c>.</param>
    /// <param name="IsChecked">Whether a number that does not fit is an error, as C# has it where <c>checked</c> is
    /// written.</param>
    public sealed record Convert(string Type, bool IsChecked, Expression Operand, Site Site) : Expression(Site);

    public sealed record Conditional(Expression Condition, Expression Then, Expression Else, Site Site) : Expression(Site);

    /// <summary>An array or a collection expression.</summary>
    public sealed record List(EquatableArray<Expression> Items, Site Site) : Expression(Site);

    public sealed record Tuple(EquatableArray<Expression> Items, Site Site) : Expression(Site);

    /// <summary>An expression outside of what is analysed.</summary>
    /// <param name="What">It, as messages show it.</param>
    public sealed record Outside(string What, Site Site) : Expression(Site);
}
