using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

// Graphs.
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor NotNodes = Error("DSL475", "A graph layer gets rows that are no nodes",
        "{0} takes [N, features], a row for each node, but gets {1} from {2}: put it before the nodes are pooled");

    public static readonly DiagnosticDescriptor NoGraphSizes = Error("DSL476", "Graphs have no sizes",
        "{0} needs the sizes of the graphs, but the model has no input \"{1}\": write [GraphSizes(\"{1}\")] beside [Model]{2}");

    public static readonly DiagnosticDescriptor NotGraphSizes = Error("DSL477", "A value is not the sizes of graphs",
        "\"{0}\" is {1}, but the sizes of graphs are [G]: declare them by [GraphSizes(\"{0}\")]");
}
