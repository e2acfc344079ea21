using Microsoft.CodeAnalysis;

namespace Dsl.Generator.Diagnostics;

/// <summary>Tables, which are records of columns, and images; and the models that take their sizes from them.</summary>
internal static partial class Catalogue
{
    public static readonly DiagnosticDescriptor NotARecord = Error("DSL701", "A data set is not an ordinary record",
        "'{0}' must be a record class that is neither generic, nested, abstract nor local to its file");

    public static readonly DiagnosticDescriptor NoColumnType = Error("DSL702", "A column has a type that no column can have",
        "'{0}' is a {1}: a column is a float, double, int, long, bool, an enum or a string");

    public static readonly DiagnosticDescriptor TextWithoutCategories = Error("DSL703", "A text has no categories",
        "'{0}' is a text, of which a model sees nothing: name its categories by [Categories(\"...\")], or leave it out by "
            + "[Ignore]");

    public static readonly DiagnosticDescriptor MissingWithoutRule = Error("DSL704", "Nothing stands in for missing values",
        "'{0}' may be missing: say what stands in for it, as by [Impute({1})], or take the question mark away");

    public static readonly DiagnosticDescriptor DoesNotFitColumn = Error("DSL705", "An attribute does not fit its column",
        "[{0}] does not fit '{1}': {2}");

    public static readonly DiagnosticDescriptor LabelWithoutClasses = Error("DSL706", "A label does not say its classes",
        "The label '{0}' must say its classes, since the model's size depends on them: {1}");

    public static readonly DiagnosticDescriptor LabelsOfTwoKinds = Error("DSL707", "Labels of one table are of different kinds",
        "'{0}' and '{1}' cannot both be labels: several labels are all bool, or all float and double");

    public static readonly DiagnosticDescriptor NoFeatures = Error("DSL708", "A table has no column that a model sees",
        "'{0}' has no column that a model sees: give it columns that are neither [Label] nor [Ignore]");

    public static readonly DiagnosticDescriptor SameName = Error("DSL709", "A name stands twice",
        "'{0}' stands for two {1}: names that differ in capitals, spaces or signs alone are one");

    public static readonly DiagnosticDescriptor FormatConflict = Error("DSL710", "A table's format contradicts itself",
        "[Table] of '{0}': {1}");

    public static readonly DiagnosticDescriptor NotATable = Error("DSL711", "A model's type argument is no data set",
        "'{0}' is neither a table nor images: give it [Table] or [ImageFolder(...)], or say the input's sizes by [Model(...)]");

    public static readonly DiagnosticDescriptor NoLabel = Error("DSL712", "A model's table has no label",
        "'{0}' predicts nothing: '{1}' has no [Label]");

    public static readonly DiagnosticDescriptor OutputIsNotLabel = Error("DSL713", "A model's output does not fit the label",
        "'{0}' needs {1}, but '{2}' returns {3}: end it with [Linear], which has that size by itself");

    public static readonly DiagnosticDescriptor LinearWithoutSize = Error("DSL714", "A Linear has no size",
        "[Linear] has a size by itself only in a model for a table, [Model<T>]: write [Linear(n)]");

    public static readonly DiagnosticDescriptor TableWithPorts =
        Error("DSL715", "A model for a table has further inputs or outputs",
        "'{0}' takes rows of '{1}' and predicts its label: it has neither further inputs nor outputs");

    public static readonly DiagnosticDescriptor LabelNotForObjective =
        Error("DSL716", "An objective does not fit the table's label",
        "[{0}] compares {1}, but the label of '{2}' is {3}: use {4}");

    public static readonly DiagnosticDescriptor TableLessAccessible = Error("DSL717", "A model is more accessible than its table",
        "'{0}' is public, but its rows, '{1}', are not: make the table public or the model internal");

    public static readonly DiagnosticDescriptor ImageChannels = Error("DSL718", "Images have neither one channel nor three",
        "'{0}' is declared with {1} channels: images have 1, grey, or 3, red, green and blue");

    public static readonly DiagnosticDescriptor ImageLabel = Error("DSL719", "Images have no label, or more than a label",
        "'{0}' must have a label, which is a class, and nothing else: {1}");

    public static readonly DiagnosticDescriptor ImageAttribute = Error("DSL720", "An attribute does not fit images",
        "[{0}] does not fit '{1}': {2}");

    public static readonly DiagnosticDescriptor PolicyNormalizesImages =
        Error("DSL721", "A policy normalises what a model for images normalises itself",
            "[{0}] of '{1}' would be left out of predictions: put it on '{2}', which the model normalises by everywhere");
}
