namespace Dsl.Inspect.Diagrams;

/// <summary>What a box of a diagram is, which decides its colour and its outline.</summary>
internal enum BoxKind
{
    /// <summary>Data that comes in, or goes out.</summary>
    Data,

    /// <summary>An augmentation or a mixture.</summary>
    Transformation,

    /// <summary>A layer or another operation of a network.</summary>
    Layer,

    /// <summary>The network that is trained.</summary>
    Network,

    /// <summary>A network that receives no gradient.</summary>
    Teacher,

    /// <summary>A term of the objective, or their sum.</summary>
    Loss,

    /// <summary>What happens to the gradient and to the parameters.</summary>
    Update,
}

/// <summary>A box.</summary>
/// <param name="Detail">A second, smaller line; empty for none.</param>
internal sealed record Box(string Id, string Title, string Detail, BoxKind Kind);

/// <summary>What flows from one box to another.</summary>
/// <param name="Label">The shape or another short text; empty for none.</param>
/// <param name="IsBack">Whether it takes effect in the next step.</param>
internal sealed record Arrow(string From, string To, string Label, bool IsBack = false);

/// <summary>Boxes, in an order in which they can be computed, and arrows between them.</summary>
internal sealed record Diagram(IReadOnlyList<Box> Boxes, IReadOnlyList<Arrow> Arrows);
