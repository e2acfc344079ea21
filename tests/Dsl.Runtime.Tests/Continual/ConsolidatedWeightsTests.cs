using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests;

public class ConsolidatedWeightsTests
{
    /// <summary>Three tasks kept as one form are the sum of three, as a number and as a gradient.</summary>
    [Fact]
    public void Forms_of_several_tasks_add_up()
    {
        using var scope = NewDisposeScope();
        using var arena = new ParameterArena(16, CPU, ScalarType.Float64);
        using var held = new ConsolidatedWeights(arena);
        Assert.Equal(0, held.Penalty().item<double>());
        var parts = new List<(Tensor F, Tensor At)>();
        for (int task = 0; task < 3; task++)
        {
            arena.Values.copy_(randn(16, ScalarType.Float64));
            var information = rand(16, ScalarType.Float64);
            information[task] = 0;
            information[5] = 0;
            parts.Add((information, arena.Values.clone()));
            held.Add(information);
        }

        var at = randn(16, ScalarType.Float64);
        arena.Values.copy_(at);
        double expected = parts.Sum(part => (part.F * (at - part.At).square()).sum().item<double>() / 2);
        Assert.Equal(expected, held.Penalty().item<double>(), 1e-9);
        held.AddGradient(tensor(2.5, ScalarType.Float64));
        var gradient = parts.Select(part => part.F * (at - part.At)).Aggregate((a, b) => a + b) * 2.5;
        Assert.True(gradient.allclose(arena.Gradients));
        Assert.Throws<DataMismatchException>(() => held.Add(zeros(3)));
    }

    [Fact]
    public void The_online_form_has_the_last_anchor_and_forgets()
    {
        using var scope = NewDisposeScope();
        using var arena = new ParameterArena(16, CPU, ScalarType.Float64);
        using var held = new ConsolidatedWeights(arena);
        held.Replace(ones(16, ScalarType.Float64), 0.5);
        Aten.fill_(arena.Values, 3.0);
        held.Replace(full(16, 0.25, ScalarType.Float64), 0.5);
        Assert.Equal(0, held.Penalty().item<double>());
        Aten.fill_(arena.Values, 5.0);
        Assert.Equal(0.5 * 16 * 0.75 * 4, held.Penalty().item<double>(), 1e-9);
        Assert.Throws<ArgumentOutOfRangeException>(() => held.Replace(ones(16, ScalarType.Float64), 1.5));
    }

    /// <summary>The expectation of drawn labels is the expectation; the squared gradient of a batch's mean is another
    /// number.</summary>
    [Fact]
    public void Sampled_information_is_an_estimate_of_the_expected_one()
    {
        using var scope = NewDisposeScope();
        using var model = new Linear();
        using var data = new InMemoryData(randn(3, 2), zeros(3, ScalarType.Int64));
        var expected = FisherInformation.Diagonal(model, model.Arena, data, 0, sampled: false, seed: 1, CPU);
        var mean = zeros_like(expected);
        const int runs = 3000;
        for (int seed = 0; seed < runs; seed++)
            mean += FisherInformation.Diagonal(model, model.Arena, data, 0, sampled: true, seed, CPU) / runs;
        Assert.True((mean - expected).abs().max().item<float>() < 0.1f * expected.max().item<float>());
        var one = FisherInformation.Diagonal(model, model.Arena, data, 1, sampled: false, seed: 2, CPU);
        Assert.False(one.allclose(expected));
    }

    private sealed class Linear : nn.Module<Tensor, Tensor>
    {
        private readonly TorchSharp.Modules.Parameter _weight;

        public Linear()
            : base(nameof(Linear))
        {
            using var noGrad = no_grad();
            Arena = new ParameterArena(16);
            Arena.Values.copy_(randn(16, generator: new Generator(3)));
            _weight = new TorchSharp.Modules.Parameter(Arena.View(0, 3, 2));
            RegisterComponents();
        }

        public ParameterArena Arena { get; }

        public override Tensor forward(Tensor input) => nn.functional.linear(input, _weight);
    }
}
