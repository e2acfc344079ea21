using System.Text.RegularExpressions;
using Dsl.Generator.Binding;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests.Architecture;

/// <summary>No file outside of the folders of techniques names a technique, but for what stands here with its reason.</summary>
public class TechniqueNameTests
{
    private const string Advice = "the nearest remedy, offered to the user as an example: nothing is decided by it";

    private const string Length = "how long a run is and how large its batches are is said of every trainer";

    private const string Practice = "a practice is a rule of the literature about these very techniques, in a file of its own";

    private const string Whole =
        "what stands in for a part that the user left out or wrote wrongly, so that a skeleton can be written";

    // Names that are also words of .NET, of the runtime or of generated code: as text they say nothing of a technique.
    private static readonly HashSet<string> Words =
    [
        "Adapter", "Add", "Checkpoint", "Clip", "Epochs", "Output", "Place", "Seed", "Step", "Steps", "BatchSize", "From",
        "GaussianNoise",
    ];

    private static readonly (string File, string[] Names, string Reason)[] Exceptions =
    [
        ("Emitting/OnnxEmitter.cs", ["Constant"], "a method of the graph of ONNX"),
        ("Graph/Operations/Activations.cs", ["HardSwish", "Mish", "Sigmoid", "Softplus", "Tanh"],
            "operators of ONNX, by its names"),
        ("Graph/Operations/Concatenation.cs", ["Concat"], "an operator of ONNX, by its name"),
        ("Graph/Operations/Padding.cs", ["Pad"], "an operator of ONNX, by its name"),
        ("Graph/Operations/Roll.cs", ["Concat"], "an operator of ONNX, by its name"),
        ("Graph/Operations/Softmax.cs", ["LogSoftmax", "Softmax"], "operators of ONNX, by their names"),
        ("Graph/Operations/Views.cs", ["Flatten", "Reshape"], "operators of ONNX, by their names"),
        ("Graph/Operations/KeepBelow.cs", ["Normalize"], "a method of the runtime"),
        ("Graph/Operations/Matrix.cs", ["Linear"], "a method of the graph of ONNX"),
        ("Graph/Operations/RowLstm.cs", ["RowLstm"], "a method of the graph of ONNX"),
        ("Checking/TrainerChecker.cs", ["EpochsAttribute", "StepsAttribute", "BatchSize"], Length),
        ("Checking/TrainerChecker.cs", ["ConstantAttribute"], "the schedule of a trainer that declares none"),
        ("Checking/LearnerChecker.cs", ["Adam"], Advice),
        ("Checking/Datasets/DatasetModelChecker.cs", ["BinaryCrossEntropy", "CrossEntropy", "Linear", "MeanSquaredError"],
            Advice),
        ("Checking/Datasets/DatasetModelChecker.cs", ["LinearAttribute"],
            "the layer whose size a table's label says where the user does not"),
        ("Checking/Datasets/ImageFolderChecker.cs", ["Normalize"], Advice),
        ("Checking/Datasets/ColumnChecker.cs", ["Constant"], "a way to fill missing values in, which is named as a schedule is"),
        ("Skeletons/GenerousMembers.cs", ["EpochsAttribute"], Length),
        ("Trainers/RecipeLowering.cs", ["BatchSize", "BatchSizeAttribute"], Length),
        ("Trainers/TrainerLowering.cs", ["EpochsAttribute", "StepsAttribute"], Length),
        ("Trainers/RecipeLowering.cs", ["ParameterGroupAttribute"],
            "groups are a part of every update: whether it is made parameter by parameter depends on them"),
        ("Trainers/GradientFlowChecker.cs", ["StopGradient"], "what holds a gradient back, as the message calls it"),
        ("Checking/ModelChecker.cs", ["TagAttribute"], "tags are the language's names of values"),
        ("Checking/ModelChecker.cs", ["Linear"], Advice),
        ("Checking/Methods/MethodFormCheck.cs", ["OutputAttribute"], "outputs are a part of the language"),
        ("Checking/SchemeChecker.cs", ["CrossEntropy", "Flatten", "Linear", "MeanSquaredError", "PseudoLabel"], Advice),
        ("Checking/ObjectiveChecker.cs", ["CrossEntropy", "BinaryCrossEntropy", "Flatten", "Linear"], Advice),
        ("Checking/MixingChecker.cs", ["CrossEntropy"], Advice),
        ("Checking/AugmentationChecker.cs", ["RandomShift"], Advice),
        ("Fixes/EndFixes.cs", ["LinearAttribute", "FlattenAttribute", "Flatten"], Advice),
        ("Checking/Practices/LinearOnImage.cs", ["LinearAttribute", "Flatten"], Practice),
        ("Reading/StrayReader.cs",
            ["AvgPool2d", "BinaryCrossEntropy", "Conv2d", "HorizontalFlip", "L1", "Linear", "MaxPool2d", "MeanSquaredError",
                "Nll", "VerticalFlip"],
            "what other libraries call a thing, for a message"),
        ("Checking/PracticeChecker.cs", ["Softmax", "LogSoftmax"], Practice),
        ("Checking/Practices/RedundantBias.cs", ["LinearAttribute"], Practice),
        ("Checking/Practices/LinearAfterLinear.cs", ["LinearAttribute", "ReLU"], Practice),
        ("Checking/Practices/SmoothedTeacher.cs", ["CrossEntropyAttribute"], Practice),
        ("Checking/Practices/AttentionWithoutPositions.cs", ["PositionalEmbedding", "SinusoidalEncoding"], Practice),
        ("Skeletons/StandIn.cs",
            ["FlattenAttribute", "ConcatAttribute", "OutputAttribute", "LinearAttribute", "AdamAttribute"], Whole),
        ("Skeletons/TrainerMender.cs", ["CrossEntropyAttribute", "AdamAttribute"], Whole),
        ("Lowering/Comparison.Adapter.cs", ["Linear"], "what an adapter is, in the documentation of the trainer"),
        ("Graph/Operations/EdgeLists.cs", ["Softmax"], "a function of the runtime"),
        ("Graph/Operations/Activations.cs", ["GELU"], "a class of TorchSharp"),
    ];

    private static readonly Lazy<IReadOnlySet<(string File, string Name)>> Found = new(Find);

    [Fact]
    public void General_files_name_no_technique()
    {
        var allowed = Exceptions.SelectMany(exception => exception.Names.Select(name => (exception.File, name))).ToHashSet();
        var leaks = Found.Value.Where(found => !allowed.Contains(found)).Select(found => $"{found.File} names {found.Name}")
            .Order();
        Assert.True(!leaks.Any(), string.Join("\n", leaks));
    }

    [Fact]
    public void Every_exception_is_needed()
    {
        var needless = Exceptions.SelectMany(exception => exception.Names.Select(name => (exception.File, Name: name)))
            .Where(exception => !Found.Value.Contains(exception));
        Assert.Empty(needless);
    }

    [Fact]
    public void Names_are_found()
    {
        // A planted file that asks for a technique by its class, by its attribute, and by its name as text.
        string planted = Path.Combine(CompilerSources.Compiler, "Emitting", "Planted.cs");
        var compilation = CompilerSources.Compile((planted, """
            namespace Dsl.Generator.Emitting;
            internal static class Planted
            {
                public static bool Asks(object attribute) => attribute is Dsl.MixupAttribute || attribute is Dsl.Generator.Schemes.Vat;
                public static string Text => $"[{nameof(Planted)}] MeanTeacher";
            }
            """));
        Assert.Equal(
            ["MeanTeacher", "MixupAttribute", "Vat"],
            Find(compilation, compilation.SyntaxTrees.Single(tree => tree.FilePath == planted)).Order(StringComparer.Ordinal));
    }

    private static HashSet<(string File, string Name)> Find() =>
    [
        .. CompilerSources.Trees
            .Where(tree => CompilerSources.Folder(tree.FilePath) is var folder && !CompilerSources.Techniques.Contains(folder)

                // Messages of the catalogue give examples, and the names of what emitted files import are not those of
                // techniques.
                && folder != "Diagnostics")
            .SelectMany(
                tree => Find(CompilerSources.Compilation, tree).Select(name => (CompilerSources.Show(tree.FilePath), name))),
    ];

    private static IEnumerable<string> Find(CSharpCompilation compilation, SyntaxTree tree)
    {
        var meanings = typeof(IMeaning).Assembly.GetTypes()
            .Where(type => typeof(IMeaning).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (IMeaning)Activator.CreateInstance(type)!).ToList();
        var names = meanings.Select(meaning => AttributeBinder.ShortName(meaning.Attribute.Name)).ToHashSet();
        var classes = meanings.Select(meaning => meaning.GetType().FullName!)
            .Concat(names.Select(name => $"Dsl.{name}Attribute")).ToHashSet();
        var model = compilation.GetSemanticModel(tree);
        var asked = CompilerSources.Names(tree)
            .Where(name => CompilerSources.TypeOf(model, name) is { } type && type.Name == name.Identifier.ValueText
                && classes.Contains($"{type.ContainingNamespace}.{type.Name}"))
            .Select(name => name.Identifier.ValueText);
        var written = tree.GetRoot().DescendantTokens()
            .Where(token => token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
                or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken)
            .SelectMany(token => Regex.Matches(token.ValueText, @"\w+").Select(word => word.Value))
            .Where(word => names.Contains(word) && !Words.Contains(word));
        return asked.Concat(written).Distinct();
    }
}
