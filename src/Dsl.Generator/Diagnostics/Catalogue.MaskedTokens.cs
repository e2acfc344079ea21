using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Masked language modelling: DSL364 and DSL365.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor TokenOutOfVocabulary = Error("DSL364", "A token lies outside of the vocabulary",
        "Token {0} is none of those that '{1}' tells apart, 0 to {2} − 1: let the model end with [Linear(V)] for all V tokens, "
        + "the mask token among them");

    public static readonly DiagnosticDescriptor SharesExceedOne = Error("DSL365", "Parts of the selected tokens exceed 1",
        "Masked = {0} and Random = {1} of the selected tokens are more than all: let them add up to 1 or less; the rest stays");
}
