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

    public static readonly DiagnosticDescriptor NoEdgeFeatures = Error("DSL478", "Edges have no features",
        "{0} reads features of edges, but the model has no input \"{1}\": write [EdgeFeatures(K)] behind [EdgeList], K numbers "
        + "for each edge{2}");

    public static readonly DiagnosticDescriptor NotEdgeFeatures = Error("DSL479", "A value is not the features of edges",
        "\"{0}\" is {1}, but features of edges are [E, K], a row for each edge: declare them by [EdgeFeatures(K, \"{0}\")]");

    public static readonly DiagnosticDescriptor FeaturesOfNoEdges = Error("DSL483", "Features belong to no edges",
        "\"{0}\" has a row for each edge of \"{1}\", but no [EdgeList(\"{1}\")] stands before it: write one there{2}");

    /// <summary>{0} the layer, {1} what it gets, {2} what to do.</summary>
    public static readonly DiagnosticDescriptor EdgeWidthDiffers = Error("DSL484", "Features of edges do not fit those of nodes",
        "{0} adds an edge's features to the node that sends, but gets {1}: {2}");

    /// <summary>{0} the function, {1} what it returns, {2} what it has to return.</summary>
    public static readonly DiagnosticDescriptor NotAMessage = Error("DSL620", "A function of message passing mixes rows",
        "'{0}' returns {1}, but has to return {2}: keep the first dimension as it is");
}
