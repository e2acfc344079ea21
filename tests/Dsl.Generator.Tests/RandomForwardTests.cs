using System.Globalization;
using System.Text;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>
/// Random bodies of <c>Forward</c>: what the compiler analyses has the shape that it inferred and the gradients of autograd,
/// which runs the very text.
/// </summary>
[Collection(GlobalGenerator.Name)]
public class RandomForwardTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Models = 40;

    // Another seed: DSL_TEST_SEED=n.
    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("DSL_TEST_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed
            : 20240719;

    [Fact]
    public void Analysed_bodies_have_the_gradients_of_autograd()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var accepted = new List<(string Name, string Declaration)>();
        int refused = 0;
        while (accepted.Count < Models)
        {
            string name = $"Body{accepted.Count}", declaration = Declaration(name, random);
            var result = Declared.Driver().RunGenerators(Declared.Compile(MethodSamples.Header + declaration)).GetRunResult();
            Assert.Null(result.Results[0].Exception);
            Assert.DoesNotContain(result.Diagnostics, diagnostic => diagnostic.Id == "DSL901");

            // A reshape may make more rows of the batch, which the comparison does not read.
            bool isComparable = result.Diagnostics.IsEmpty
                && !result.GeneratedTrees[0].ToString().Contains("-> [N·", StringComparison.Ordinal);
            if (isComparable) accepted.Add((name, declaration));
            else refused += result.Diagnostics.Length;
        }

        // Both kinds must occur, or the test says nothing about one of them.
        Assert.True(refused > 0, "every body was accepted");
        string source = MethodSamples.Header + string.Join("\n", accepted.Select(model => model.Declaration));
        var files = Declared.Generate(source);
        var assembly = LoadedModels.Load(source);
        foreach (var (name, declaration) in accepted)
            RandomStackTests.Check(assembly.GetType($"Demo.{name}")!, files[$"Demo.{name}.Model.g.cs"], declaration);
    }

    private static string Declaration(string name, Random random)
    {
        int width = random.Next(2, 5), height = random.Next(2, 5);
        var body = new StringBuilder();
        List<string> known = ["x"];
        int statements = random.Next(2, 9);
        for (int i = 0; i < statements; i++)
        {
            string a = known[random.Next(known.Count)], b = known[random.Next(known.Count)];
            int dimension = random.Next(1, 3), other = random.Next(1, 4);
            string expression = random.Next(21) switch
            {
                0 => $"{a} + {b}",
                1 => $"{a} - {b} * 0.5",
                2 => $"{a}.tanh() * {b}",
                3 => $"{a} / ({b}.square() + 1)",
                4 => $"(2 - {a}).sigmoid()",
                5 => $"Same({a})",
                6 => $"Same(Same({a}))",
                7 => $"torch.tanh({a}).exp()",
                8 => $"({a} * {a} + 1).log()",
                9 => $"{a}.softmax({dimension})",
                10 => $"{a}.mean(new long[] {{ {dimension} }}, {(random.Next(2) == 0 ? "true" : "false")})",
                11 => $"{a}.sum({dimension}, true)",
                12 => $"{a}.transpose(1, 2)",
                13 => $"torch.cat(new[] {{ {a}, {b} }}, {dimension})",
                14 => $"torch.stack(new[] {{ {a}, {b} }}, {dimension}).reshape(x.size(0), {height}, -1)",
                15 => $"{a}.flatten(1).reshape(-1, {other}, {width})",
                16 => $"1 / ({a}.square() + 1).sqrt()",
                17 => $"{a}.unsqueeze({other}).permute(0, 3, 1, 2).flatten({dimension}, {dimension + 1})",
                18 => $"nn.functional.{(random.Next(2) == 0 ? "silu" : "gelu")}({a}) - {b}.log_softmax(-1)",
                19 => $"torch.bmm(torch.matmul({a}, {b}.transpose(1, 2)).tanh(), {b})",
                _ => $"Gate({a}, {b})",
            };
            string result = random.Next(3) == 0 && known.Count > 1 ? known[^1] : $"v{i}";
            if (known.Contains(result))
            {
                body.AppendLine(random.Next(2) == 0 ? $"        {result} = {expression};"
                    : $"        for (int i = 0; i < {random.Next(1, 4)}; i++) {result} = i % 2 == 0 ? {expression} : "
                        + $"{result} * 0.5;");
            }
            else
            {
                body.AppendLine(CultureInfo.InvariantCulture, $"        var {result} = {expression};");
                known.Add(result);
            }
        }

        return $$"""
            [Model({{height}}, {{width}})]
            public partial class {{name}}
            {
                [Linear({{width}}), Tanh] private partial Tensor Same(Tensor x);
                [Multiply("gate"), LayerNorm] private partial Tensor Gate(Tensor x, Tensor gate);
                [Flatten, Linear(3)] private partial Tensor Head(Tensor x);

                private const bool Never = false;

                public Tensor Forward(Tensor x)
                {
            {{body}}
                    if (Never) x = Gate(Same(x), x);
                    return Head({{known[^1]}}){{(random.Next(2) == 0 ? " + Head(x) * 0.1" : "")}};
                }
            }
            """;
    }
}
