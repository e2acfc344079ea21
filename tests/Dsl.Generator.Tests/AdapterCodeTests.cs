using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What a reader sees of an adapter in the generated trainer, and that a trainer that needs none has none.</summary>
public class AdapterCodeTests
{
    private const string Models = """

        [Model(4), Linear(8), Tanh, Tag("hidden"), Linear(10)] public partial class Small;
        [Model(4), Linear(16), Tanh, Tag("hidden"), Linear(10)] public partial class Large;
        """;

    [Fact]
    public void An_adapter_is_declared_started_trained_and_saved()
    {
        string trainer = Generate(
            "[Trainer<Small>, DistillFeature<Large>(\"hidden\"), CrossEntropy, Adam] public partial class T;");
        Assert.Contains(
            "/// adapter        Linear(16) of \"hidden\", [N, 8] to [N, 16]: 144 parameters of the trainer\n", trainer);
        Assert.Contains("    public Parameter AdapterHiddenWeight { get; }\n", trainer);
        Assert.Contains("InitialValues.Uniform(AdapterHiddenWeight, 0.35355339059327373, generator);  // fan_in = 8\n", trainer);
        Assert.Contains("Tensor hiddenAdapted = Aten.linear(hidden, AdapterHiddenWeight, AdapterHiddenBias);  // "
            + "[N, 16]\n", trainer);
        Assert.Contains("Update(new Trained(_adapters, _adapterFirstMoments, _adapterSecondMoments), learningRate);\n", trainer);
        Assert.Contains("state.Add(\"adapter.hidden.weight\", AdapterHiddenWeight);\n", trainer);
        Assert.Contains("state.Add(\"optimizer.adapter.firstMoments\", _adapterFirstMoments);\n", trainer);
    }

    [Fact]
    public void Autograd_reads_it_by_name_alone()
    {
        string trainer = Generate(
            "[Trainer<Small>(Backward = Backward.Autograd), DistillFeature<Large>(\"hidden\"), CrossEntropy, Adam] public "
            + "partial class T;");
        Assert.Contains("var hiddenAdapted = Aten.linear(hidden, AdapterHiddenWeight, AdapterHiddenBias);  // [N, "
            + "16]\n", trainer);
        Assert.Contains("AdapterHiddenWeight.grad = _adapters.GradientView(0, 16, 8);\n", trainer);
        Assert.DoesNotContain("_backward(", trainer);
    }

    [Fact]
    public void Features_of_one_shape_have_none() =>
        Assert.DoesNotContain("dapter",
            Generate("[Trainer<Small>, DistillFeature<Small>(\"hidden\"), CrossEntropy, Adam] public partial class T;"));

    private static string Generate(string trainer) =>
        Declared.Generate($"using Dsl; namespace Demo;\n{trainer}{Models}")["Demo.T.Trainer.g.cs"];
}
