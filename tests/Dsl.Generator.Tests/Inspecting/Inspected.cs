using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Dsl.Inspect;
using Dsl.Inspect.Projects;

namespace Dsl.Generator.Tests.Inspecting;

/// <summary>Declarations as the inspecting tool reads them.</summary>
internal static class Inspected
{
    public const string Mixed = Samples.Header + Samples.Cnn + """
        [Augmentation, RandomShift(1)]
        public partial class Weak;

        [Trainer<Cnn>, CrossEntropy(Weight = 0.5), Focal(ClassWeights = [1, 1, 1, 1, 1, 1, 1, 1, 1, 2]), Mixup(Alpha = 0.2), Augment<Weak>]
        [Sgd(0.1), Cosine, Accumulate(4), ClipGradNorm(1), WeightAverage, Epochs(2)]
        public partial class MixedTrainer;
        """;

    public static Inspection Of(string source, params (string Key, string Value)[] options) => Inspection.Of(
        Declared.Compile(source),
        new ProjectOptions(options.ToImmutableDictionary(option => option.Key, option => option.Value)));

    public static InspectedType One(string source, string name) => Of(source).Types.Single(type => type.Type.Name == name);

    /// <summary>A file beside the snapshots of generated code.</summary>
    public static string Snapshot(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "Snapshots", "Inspected", name));
}
