using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Models that are written as methods.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor OutsideSubset = Info("DSL231", "Forward goes beyond what the compiler analyses",
        "The compiler does not analyse '{0}': shape checks and the explicit backward pass are off for '{1}', and it is "
        + "trained through autograd");

    public static readonly DiagnosticDescriptor ValuesDoNotFit = Error("DSL232", "Values in Forward do not fit",
        "{0}: {1}");

    public static readonly DiagnosticDescriptor LayerMethodForm = Error("DSL233", "A method cannot carry layers",
        "'{0}' cannot carry layers because {1}: declare it like [Linear(10)] private partial Tensor Head(Tensor x);");

    public static readonly DiagnosticDescriptor LayersNotCalled = Error("DSL234", "A method with layers is never called",
        "'{0}' is not called by Forward: call it, or remove it");

    public static readonly DiagnosticDescriptor ForwardForm = Error("DSL235", "The model's Forward cannot be used",
        "'{0}' has layers on methods, and {1}: write public Tensor Forward(Tensor x)");

    public static readonly DiagnosticDescriptor ShapeUnknown = Error("DSL236", "The input's shape of a layer method is not known",
        "The compiler does not analyse '{3}' in the Forward of '{0}', so the input of '{1}' must be stated: "
        + "[Shape(...)] on its parameter '{2}'");

    public static readonly DiagnosticDescriptor ResultsUnknown = Error("DSL237", "The model's output shape is not known",
        "The compiler does not analyse the Forward of '{0}', so its output must be stated: [Model(..., OutputShape = new[] "
        + "{{ K }})]");

    public static readonly DiagnosticDescriptor SharedLayersDiffer = Error("DSL238", "A method with layers is called in two ways",
        "'{0}' gets {1} here and {2} before, but {3}: use a second method");

    public static readonly DiagnosticDescriptor ForwardNotReadable = Error(
        "DSL239", "The trainer needs a Forward that the compiler has analysed",
        "'{0}' cannot be trained here: {1}");
}
