namespace Dsl.Generator.Programs;

/// <summary>What the labels of an objective are; it decides their shape, and how the model is evaluated.</summary>
internal enum LabelKind
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>An int64 class for each prediction.</summary>
    Class,

    /// <summary>An int64 for each sample that is alike for samples of a class, however many classes there are.</summary>
    Identity,

    /// <summary>A number in [0, 1] for each element of the output: whether it is so, or with what probability.</summary>
    Binary,

    /// <summary>A real number for each element of the output.</summary>
    Real,

    /// <summary>A distribution over the classes for each prediction.</summary>
    Distribution,

    /// <summary>The objects of each image: rows of a class and a box, any number of them.</summary>
    Objects,
}

internal static class LabelKinds
{
    /// <summary>Whether the same labels are of both kinds.</summary>
    public static bool Fits(this LabelKind kind, LabelKind other) =>
        kind == other || (IsInteger(kind) && IsInteger(other));

    private static bool IsInteger(LabelKind kind) => kind is LabelKind.Class or LabelKind.Identity;

    /// <summary>What labels of a kind are, in a sentence.</summary>
    public static string Words(this LabelKind kind) => kind switch
    {
        LabelKind.Class => "integer classes",
        LabelKind.Identity => "integer classes",
        LabelKind.Binary => "a number in [0, 1] for each output",
        LabelKind.Real => "a real number for each output",
        LabelKind.Objects => "boxes of objects",
        _ => "a distribution over the classes",
    };
}

/// <summary>What an objective takes a model's output for.</summary>
internal enum Prediction
{
    /// <summary>Of classes that exclude each other: the objective applies the softmax.</summary>
    Logits,

    /// <summary>Of elements that are independent: the objective applies the sigmoid.</summary>
    BinaryLogits,

    /// <summary>Of classes, with the softmax applied.</summary>
    LogProbabilities,

    /// <summary>Of classes or elements, compared with a margin.</summary>
    Scores,

    /// <summary>Real numbers, as they are.</summary>
    Values,
}
