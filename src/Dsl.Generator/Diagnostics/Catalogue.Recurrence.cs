using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Recurrent layers: DSL341, DSL342, DSL529, DSL548 and DSL549.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor NothingMixed = Error("DSL549", "A mixture of one layer",
        "{0} mixes nothing: name the tagged values that it mixes with the one at its place");

    public static readonly DiagnosticDescriptor DirectionTwice = Error("DSL548", "A recurrent layer reads from the end twice",
        "{0} reads from both ends already: remove Reversed, or Bidirectional");

    public static readonly DiagnosticDescriptor NothingBetweenLayers = Error(
        "DSL341", "Dropout between layers of which there is one",
        "Dropout = {0} of {1} drops between two layers, but Layers = 1: set Layers to 2 or more, or write [{2}, "
        + "Dropout({0})] to drop from the output");

    public static readonly DiagnosticDescriptor OneStep = Error("DSL342", "A recurrent layer gets a sequence of one step",
        "{0} gets {1} from {2}: over T = 1 step no state is ever read, so {3} would never learn; a sequence is [N, T, D] "
        + "with T of at least 2");

    /// <summary>{0} the layer or the model, {1} why not.</summary>
    public static readonly DiagnosticDescriptor StatesNotCarried = Error("DSL529", "States cannot be carried on",
        "CarriesStates = true, but {0} has no states that could be carried on to what follows: {1}; take recurrent layers that "
        + "read forwards in the model's own stack, or leave CarriesStates out");
}
