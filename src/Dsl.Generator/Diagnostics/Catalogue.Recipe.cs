using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor UnknownParameters = Error("DSL510", "A parameter group names no trained parameter",
        "\"{0}\" is no trained parameter of '{1}' and no layer that has any, but {2}");

    public static readonly DiagnosticDescriptor DuplicateGroup = Error("DSL511", "A parameter group is given twice",
        "\"{0}\" has a group above already: write all its settings there");

    public static readonly DiagnosticDescriptor EmptyGroup = Error("DSL512", "A parameter group changes nothing",
        "The group \"{0}\" has no settings: give it a WeightDecay or a LearningRateScale");

    public static readonly DiagnosticDescriptor SeveralClippings = Error("DSL513", "The trainer clips the gradient twice",
        "[{0}] and [{1}] both bound the gradient: keep one");
}
