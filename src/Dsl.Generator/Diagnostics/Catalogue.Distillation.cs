using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Teachers that a trainer is given.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor TeacherIsNotAModel = Error("DSL431", "A declared teacher is not a model",
        "'{0}' is not a model: it needs a [Model(...)] attribute in this project; for any other module write [Distill] "
        + "without a type");

    public static readonly DiagnosticDescriptor TeacherInputDiffers = Error("DSL432", "The teacher takes other inputs",
        "The teacher '{0}' takes {1}, but '{2}' takes {3}: both see the same batch");

    public static readonly DiagnosticDescriptor TeacherOutputDiffers = Error("DSL433", "The teacher predicts something else",
        "The teacher '{0}' returns {1}, but [{2}] compares it with {3} of '{4}': give both the same classes");

    public static readonly DiagnosticDescriptor NoiseOnMean = Error("DSL434", "Noise on a cached mean of probabilities",
        "TeacherNoise multiplies each teacher's logits, but CacheTeacher keeps the mean of their probabilities: remove "
        + "CacheTeacher, or use Ensemble.Geometric");

    public static readonly DiagnosticDescriptor NoTeacherFeatures = Error(
        "DSL435", "There is no teacher whose features could be read",
        "[DistillFeature] reads a tagged value of a declared teacher, but {0}");

    public static readonly DiagnosticDescriptor UnknownTeacherTag = Error("DSL436", "The teacher has no such feature",
        "The teacher '{0}' has no tag \"{1}\", but {2}");

    public static readonly DiagnosticDescriptor FeaturesDiffer = Error("DSL437", "The features have different shapes",
        "\"{0}\" of '{1}' is {2}, but \"{3}\" of the teacher '{4}' is {5}: {6}");

    public static readonly DiagnosticDescriptor TeacherSettingsDiffer = Error(
        "DSL438", "Two objectives say different things of one teacher",
        "The trainer has one teacher, but this [{0}] says something else of it than the first: give both the same Ensemble "
        + "and CacheTeacher, "
        + "and cache for one output");

    public static readonly DiagnosticDescriptor CachedAugmented = Error("DSL439", "Cached predictions of augmented inputs",
        "CacheTeacher asks the teacher once for each sample, but {0} shows it another view in each step: remove one of the two");
}
