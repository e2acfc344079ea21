using System.Reflection;
using TorchSharp;
using Xunit;

namespace Dsl.Tests.OnnxFiles;

/// <summary>Every declared model of this assembly gives in ONNX Runtime what it gives itself; those of data sets have tests of
/// their own.</summary>
public class ModelTests
{
    // A file computes with 32 bits where the model rounds factors to 16.
    private const double Tolerance = 1e-5, RoundedTolerance = 3e-2;

    // Their size says nothing that BertTiny and CharacterGpt, of the same layers, do not.
    private static readonly Type[] Large = [typeof(Zoo.BertBase), typeof(Zoo.Gpt2), typeof(Zoo.MiniLm)];

    // Its Forward has a loop that the compiler does not read.
    private static readonly Type Opaque = typeof(Methods.Repeated);

    public static TheoryData<Type> Models => [.. Exported.Except(Large).Where(type => type != Opaque)];

    private static IEnumerable<Type> Exported => typeof(ModelTests).Assembly.GetTypes()
        .Where(type => type.GetMethod("ExportOnnx") is not null && typeof(torch.nn.Module).IsAssignableFrom(type))
        .Where(type => type.GetProperty("Preprocessing") is null)
        .OrderBy(type => type.FullName, StringComparer.Ordinal);

    [Theory]
    [MemberData(nameof(Models))]
    public void GivesWhatTheModelGives(Type model)
    {
        using var exported = new ExportedModel(model);
        double allowed = model.GetCustomAttribute<MixedPrecisionAttribute>() is null ? Tolerance : RoundedTolerance;
        foreach (long batch in new[] { 1L, 3, 5 })
        {
            double difference = exported.Difference(batch);
            Assert.True(difference < allowed, $"{model.Name} differs by {difference:g3} for {batch} samples.");
        }
    }

    [Fact]
    public void AForwardThatIsNotReadIsRefused()
    {
        var refusal = Assert.Throws<NotSupportedException>(() => new ExportedModel(Opaque));
        Assert.Contains("Repeated", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryLayerIsOneOfTheModels()
    {
        var declared = typeof(ModelTests).Assembly.GetTypes().SelectMany(type => type.GetMembers(All).Append(type))
            .SelectMany(member => member.GetCustomAttributes<LayerAttribute>()).Select(layer => layer.GetType()).ToHashSet();
        var missing = typeof(LayerAttribute).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract && !declared.Contains(type))
            .Where(type => !type.IsGenericTypeDefinition);
        Assert.Empty(missing.Select(type => type.Name));
    }

    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
}
