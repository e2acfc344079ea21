using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>What is said about pretrained weights.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor UnknownPretrained = Error("DSL241", "A pretrained part is no part of the model",
        "\"{0}\" is no parameter, buffer or layer of '{1}', which has {2}");

    public static readonly DiagnosticDescriptor EmptyPretrained = Error("DSL242", "A Pretrained renames nothing",
        "This [Pretrained] renames nothing: {0}");

    public static readonly DiagnosticDescriptor PretrainedNotRead = Error("DSL486", "A part of a file is not to be read so",
        "What this says of a file of pretrained weights cannot be: {0}");
}
