using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Generator.Tests;

/// <summary>
/// Random stacks of layers: what the compiler accepts runs, has the shape that it inferred, and has the same gradients in
/// both targets; what it does not accept is a diagnostic, never a crash.
/// </summary>
[Collection(GlobalGenerator.Name)]
public class RandomStackTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Stacks = 60;

    // Another seed: DSL_TEST_SEED=n.
    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("DSL_TEST_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed
            : 20240607;

    [Fact]
    public void Inferred_shapes_are_the_actual_ones_and_both_targets_agree()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var accepted = new List<(string Name, string Declaration)>();
        int refused = 0;
        while (accepted.Count < Stacks)
        {
            string name = $"Stack{accepted.Count}", declaration = Declaration(name, random);
            var result = Declared.Driver().RunGenerators(Declared.Compile("using Dsl;\n" + declaration)).GetRunResult();
            Assert.Null(result.Results[0].Exception);
            Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Id == "DSL901");
            if (result.Diagnostics.IsEmpty) accepted.Add((name, declaration));
            else refused++;
        }

        // Both kinds must occur, or the test says nothing about one of them.
        Assert.True(refused > 0, "every stack was accepted");
        string source = "using Dsl;\n" + string.Join("\n", accepted.Select(stack => stack.Declaration));
        var files = Declared.Generate(source);
        var assembly = LoadedModels.Load(source);
        foreach (var (name, declaration) in accepted)
            Check(assembly.GetType(name)!, files[$"{name}.Model.g.cs"], declaration);
    }

    private static string Declaration(string name, Random random)
    {
        if (random.Next(4) == 0) return SequenceDeclaration(name, random);
        bool image = random.Next(4) > 0;
        var text = new StringBuilder("[Model(");
        text.Append(image ? $"{random.Next(1, 5)}, {random.Next(4, 12)}, {random.Next(4, 12)}" : $"{random.Next(2, 9)}")
            .Append(')');
        bool flat = !image;
        for (int layers = random.Next(1, 8); layers > 0; layers--)
        {
            string layer = random.Next(flat ? 6 : 19) switch
            {
                0 => "ReLU",
                1 => $"Linear({random.Next(1, 9)}{(random.Next(2) == 0 ? ", Bias = false" : "")})",
                2 => flat ? "BatchNorm1d" : "BatchNorm2d(Momentum = 0.3)",
                3 => "Flatten",
                4 => "ReLU",
                5 => $"Linear({random.Next(1, 9)})",
                6 => $"Conv2d({random.Next(1, 7)}, {random.Next(1, 4)}, Stride = {random.Next(1, 3)}, Padding = "
                    + $"{random.Next(0, 3)}, Dilation = {random.Next(1, 3)})",
                7 => $"Conv2d({2 * random.Next(1, 4)}, 3, Groups = 2, Padding = 1)",
                8 => $"ConvTranspose2d({2 * random.Next(1, 4)}, {random.Next(1, 4)}, Stride = {random.Next(1, 3)}, Padding = "
                    + $"{random.Next(0, 2)}, OutputPadding = {random.Next(0, 2)})",
                9 => $"AvgPool2d({random.Next(1, 4)}, Stride = {random.Next(0, 3)}, Padding = {random.Next(0, 2)}, "
                    + $"CountIncludePad = {(random.Next(2) == 0 ? "true" : "false")})",
                10 => $"AdaptiveAvgPool2d({random.Next(1, 6)})",
                11 => "GlobalAvgPool2d",
                12 => $"Pad({random.Next(1, 3)}, Mode = PaddingMode.{(random.Next(2) == 0 ? "Zeros" : "Reflect")})",
                13 => $"Upsample({random.Next(1, 3)}, Mode = Interpolation.{(random.Next(2) == 0 ? "Nearest" : "Bilinear")})",
                14 => $"PixelShuffle({random.Next(1, 3)})",
                15 => random.Next(2) == 0 ? "Permute(1, 3, 2)" : "Permute(3, 1, 2)",
                16 => $"SqueezeExcite({random.Next(1, 3)})",
                17 => $"Reshape({random.Next(1, 3)}, -1, {random.Next(1, 3)})",
                _ => $"MaxPool2d({random.Next(1, 4)}, Stride = {random.Next(0, 3)})",
            };
            if (layer is "Flatten" or "GlobalAvgPool2d") flat = true;
            text.Append(", ").Append(layer).Append(Rule(random));
        }

        return text.Append($"] public partial class {name};").ToString();
    }

    private static string SequenceDeclaration(string name, Random random)
    {
        var text = new StringBuilder($"[Model({random.Next(1, 7)}, {2 * random.Next(1, 6)}), Tag(\"memory\")");
        for (int layers = random.Next(1, 6); layers > 0; layers--)
        {
            int heads = random.Next(1, 4);
            string layer = random.Next(11) switch
            {
                0 => $"SelfAttention({heads}, Causal = {Bool()}, Bias = {Bool()})",
                1 => $"SelfAttention({heads}, Rotary = true, Causal = {Bool()})",
                2 => $"CrossAttention({heads}, Bias = {Bool()})",
                3 => $"TransformerEncoderLayer({heads}, {random.Next(1, 9)}, Dropout = 0, NormFirst = {Bool()}, Causal = "
                    + $"{Bool()}, Bias = {Bool()})",
                4 => $"TransformerDecoderLayer({heads}, {random.Next(1, 9)}, Dropout = 0, NormFirst = {Bool()}, Activation = "
                    + $"Activation.GELU)",
                5 => $"FeedForward({random.Next(1, 9)}, Activation = "
                    + $"Activation.{(random.Next(2) == 0 ? "GELUTanh" : "SiLU")}, Bias = {Bool()})",
                6 => $"PositionalEmbedding({(random.Next(2) == 0 ? 0 : random.Next(3, 8))})",
                7 => "SinusoidalEncoding",
                8 => "Permute(2, 1)",
                9 => $"Linear({2 * random.Next(1, 6)})",
                _ => "ReLU",
            };
            text.Append(", ").Append(layer);
        }

        return text.Append($"] public partial class {name};").ToString();

        string Bool() => random.Next(2) == 0 ? "true" : "false";
    }

    /// <summary>Now and then something that is said about the parameters of the stack so far.</summary>
    private static string Rule(Random random) => random.Next(12) switch
    {
        0 => ", Frozen",
        1 => ", Tag(\"here\"), Bilinear(3, With = \"here\")",
        2 => ", Linear(4), Linear(4, Share = \"w\"), Tanh, Linear(4, Share = \"w\")",
        3 => ", Init(Initializer.XavierUniform, Bias = Initializer.Normal)",
        _ => "",
    };

    internal static void Check(Type type, string file, string declaration)
    {
        const int samples = 3;
        manual_seed(11);
        dynamic first = Activator.CreateInstance(type)!;
        dynamic second = Activator.CreateInstance(type)!;
        ((nn.Module)second).load_state_dict(((nn.Module)first).state_dict());
        var shapes = Regex.Match(file, @": \[N, ([\d, ]+)\] -> \[N, ([\d, ]+)\]");
        var input = randn([samples, .. Sizes(shapes.Groups[1].Value)]);

        using var tape = (IDisposable)Activator.CreateInstance(type.GetNestedType("Tape")!)!;
        tape.GetType().GetProperty("ForInputGradient")?.SetValue(tape, true);
        Tensor actual = first.Forward(input, (dynamic)tape);
        Assert.True(actual.shape.SequenceEqual([samples, .. Sizes(shapes.Groups[2].Value)]),
            $"{declaration}: [{string.Join(", ", actual.shape)}]");

        var gradient = randn_like(actual);
        Tensor inputGradient = first.Backward((dynamic)tape, gradient, true);
        var leaf = input.clone().requires_grad_();
        second.BindGradients();
        Tensor expected = second.forward(leaf);
        expected.backward([gradient]);
        AssertClose(expected, actual, $"{declaration}: output");
        AssertClose(leaf.grad!, inputGradient, $"{declaration}: input gradient");
        AssertClose(
            ((ParameterArena)second.Arena).Gradients, ((ParameterArena)first.Arena).Gradients, $"{declaration}: gradients");
    }

    private static long[] Sizes(string text) =>
        [.. text.Split(',').Select(size => long.Parse(size, CultureInfo.InvariantCulture))];

    private static void AssertClose(Tensor expected, Tensor actual, string what)
    {
        if (expected.numel() == 0) return;
        double error = (expected - actual).abs().max().ToDouble(), scale = expected.abs().max().ToDouble();
        Assert.True(error <= (1e-4 * scale) + 1e-5, $"{what}: differs by {error:g3} where the largest element is {scale:g3}");
    }
}
