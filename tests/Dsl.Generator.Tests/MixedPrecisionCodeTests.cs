using System.Globalization;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Products that take factors of 16 bits: what is emitted, and where that says nothing.</summary>
public class MixedPrecisionCodeTests
{
    [Fact]
    public void A_value_is_rounded_once_and_its_rounded_self_is_kept()
    {
        string model = Network("[Model(4), MixedPrecision, Linear(5), ReLU, Linear(3)]");
        Contains(model, "var inputRounded = Aten.to_bfloat16(input);  // [N, 4] bfloat16");
        Contains(model, "var linear0Rounded = Aten.linear(inputRounded, linear0WeightRounded, null);  // [N, 5] bfloat16");
        Contains(model, "var linear0 = Aten.to_float32(linear0Rounded, Linear0Bias, -1);  // [N, 5]");
        Contains(model, "Tensor inputRounded = tape.InputRounded = Aten.to_bfloat16(input);  // [N, 4] bfloat16");
        Lacks(model, "tape.Input =");

        // Each gradient is rounded once for the two products that take it.
        Assert.Equal(2, Count(model, "= Aten.to_bfloat16(d") + Count(model, "= Aten.to_bfloat16(outputGradient)"));
    }

    [Fact]
    public void A_products_gradient_is_added_with_its_16_bits()
    {
        string model = Network("[Model(4), MixedPrecision, Linear(5, Bias = false), ReLU, Linear(3)]");
        Contains(model, "Aten.add_(gradients.Linear0Weight, dLinear0WeightRounded);");
        Contains(model, "Aten.add_rows_(gradients.Linear2Bias, outputGradient);");
        Lacks(model, "Aten.addmm_");
    }

    [Fact]
    public void Heads_of_attention_share_what_was_rounded()
    {
        string model = Network("[Model(6, 8), MixedPrecision, SelfAttention(2)]");

        // In forward and in Forward.
        Assert.Equal(2, Count(model, "Aten.to_bfloat16(input);"));
        Contains(model, "softmax(");
        Lacks(model, "Aten.to_bfloat16(selfAttention0KeyT)");
    }

    [Fact]
    public void Costs_are_those_of_the_products_and_what_is_kept_has_two_bytes()
    {
        string[] plain = Total("[Model(64), Linear(64, Bias = false), ReLU, Linear(10)]");
        string[] mixed = Total("[Model(64), MixedPrecision, Linear(64, Bias = false), ReLU, Linear(10)]");
        Assert.Equal(plain[^3..^1], mixed[^3..^1]);

        // What comes in is kept rounded, and so is what ReLU gives, beside its 32 bits.
        Assert.Equal((64 * 4).ToString(CultureInfo.InvariantCulture), plain[^1]);
        Assert.Equal((64 * 2 + 64 * 4 + 64 * 2).ToString(CultureInfo.InvariantCulture), mixed[^1]);

        static string[] Total(string model) => Network(model).Split('\n')
            .First(line => line.Contains("total", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    [Fact]
    public void A_trainer_that_writes_a_network_out_for_itself_rounds_as_its_class_does()
    {
        const string net = "[Model(4), MixedPrecision, Linear(5), ReLU, Linear(3)] public partial class Net;";
        const string trained = "[Trainer<Net>, CrossEntropy, LearnToReweight, Sgd(0.1), BatchSize(7, Clean = 5), Steps(3)]";
        string trainer = Declared.Generate(
            $"{Samples.Header}{net} {trained} public partial class T;")["Demo.T.Trainer.g.cs"];
        Assert.Equal(4, Count(trainer, "= Aten.to_bfloat16("));
        Assert.Equal(2, Count(trainer, "= Aten.to_float32("));
    }

    [Fact]
    public void Without_it_nothing_is_rounded() => Lacks(Network("[Model(4), Linear(5), ReLU, Linear(3)]"), "bfloat16");

    [Fact]
    public Task A_model_without_products_of_layers() => Verify.Diagnostics("""
        using Dsl;
        [Model(4, Elements = Elements.Index), {|DSL356:MixedPrecision|}]
        [Embedding(9, 8), Lstm(8, States = States.Last)] public partial class Net;
        """);

    [Fact]
    public Task On_a_trainer() => Verify.Diagnostics("""
        using Dsl;
        [Model(4), Linear(3)] public partial class Net;
        [Trainer<Net>, {|DSL112:MixedPrecision|}, CrossEntropy, Adam(1e-3)] public partial class T;
        """);

    private static string Network(string model) =>
        Declared.Generate($"{Samples.Header}{model} public partial class Net;")["Demo.Net.Model.g.cs"];

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static void Contains(string text, string part) => Assert.Contains(part, text, StringComparison.Ordinal);

    private static void Lacks(string text, string part) => Assert.DoesNotContain(part, text, StringComparison.Ordinal);
}
