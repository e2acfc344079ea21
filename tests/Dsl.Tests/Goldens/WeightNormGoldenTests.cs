using Dsl.Runtime;
using Dsl.Tests.Recipes;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>Weights that are learned as directions and lengths, against PyTorch.</summary>
public class WeightNormGoldenTests
{
    [Fact]
    public void Three_steps_of_a_temporal_network()
    {
        Check<NormalizedTemporal, NormalizedTemporalTrainer>("temporal", m => m.Arena, m => new(m),
            (t, x, y) => t.ComputeGradients(new(x, y), new()).Total, t => t.ApplyGradients());
        Check<NormalizedTemporal, NormalizedTemporalAutograd>("temporal", m => m.Arena, m => new(m),
            (t, x, y) => t.ComputeGradients(new(x, y), new()).Total, t => t.ApplyGradients());
    }

    [Fact]
    public void Three_steps_of_a_linear_network()
    {
        Check<NormalizedLinear, NormalizedLinearTrainer>("linear", m => m.Arena, m => new(m),
            (t, x, y) => t.ComputeGradients(new(x, y), new()).Total, t => t.ApplyGradients());
        Check<NormalizedLinear, NormalizedLinearAutograd>("linear", m => m.Arena, m => new(m),
            (t, x, y) => t.ComputeGradients(new(x, y), new()).Total, t => t.ApplyGradients());
    }

    [Fact]
    public void Three_steps_with_spectral_norms_and_an_evaluation()
    {
        Check<SpectralNet, SpectralTrainer>("spectral", m => m.Arena, m => new(m),
            (t, x, y) => t.ComputeGradients(new(x, y), new()).Total, t => t.ApplyGradients());
        Check<SpectralNet, SpectralAutograd>("spectral", m => m.Arena, m => new(m),
            (t, x, y) => t.ComputeGradients(new(x, y), new()).Total, t => t.ApplyGradients());
    }

    [Fact]
    public void A_spectral_norm_starts_near_one_and_evaluation_leaves_its_vectors()
    {
        using var model = new SpectralNet(new Generator(4));
        using var again = new SpectralNet(new Generator(4));
        Assert.True(model.Conv1d0WeightU.Equals(again.Conv1d0WeightU));
        using var weight = SpectralWeights.Weigh(model.Conv1d0WeightOrig, model.Conv1d0WeightU, model.Conv1d0WeightV, false);
        Assert.Equal(1, linalg.svdvals(weight.flatten(1)).max().ToSingle(), 1e-3f);
        using var before = model.Conv1d0WeightU.clone();
        model.eval();
        model.forward(randn(2, 3, 7));
        Assert.True(before.Equals(model.Conv1d0WeightU));
        model.train();
        model.forward(randn(2, 3, 7));
        Assert.False(before.Equals(model.Conv1d0WeightU));
    }

    [Fact]
    public void It_starts_as_the_network_without_it()
    {
        using var normalized = new NormalizedTemporal(new Generator(4));
        using var plain = new PlainTemporal(new Generator(4));
        using var input = randn([5, 3, 7], generator: new Generator(1));
        Close.To(plain.forward(input), normalized.forward(input), "the first forward pass");
        Assert.Equal([4L, 1, 1], normalized.TemporalConv0WeightG.shape);
    }

    [Fact]
    public void Lengths_follow_what_a_rule_says_of_the_directions()
    {
        using var model = new OrthogonalStart(new Generator(4));
        Close.To(model.Linear0WeightV.norm(1).unsqueeze(1), model.Linear0WeightG, "lengths");
        using var inner = model.Linear0WeightV.t().matmul(model.Linear0WeightV);
        Close.To(eye(5) * 4, inner, "orthogonal columns of length 2", 1e-4);
    }

    [Fact]
    public void A_run_resumes_bit_for_bit()
    {
        using var data = new InMemoryData(randn([24, 3, 7], generator: new Generator(3)), arange(24).remainder(3));
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var whole = new NormalizedTemporal(new Generator(1));
        using (var trainer = new NormalizedTemporalTrainer(whole)) trainer.Fit(data, new SaveAfter(trainer, 7, path));
        using var second = new NormalizedTemporal(new Generator(2));
        using (var trainer = new NormalizedTemporalTrainer(second))
        {
            trainer.Resume(path);
            trainer.Fit(data);
        }

        File.Delete(path);
        Assert.True(whole.Arena.Values.Equals(second.Arena.Values));
    }

    private static void Check<TModel, TTrainer>(
        string name, Func<TModel, ParameterArena> arena, Func<TModel, TTrainer> create,
        Func<TTrainer, Tensor, Tensor, Tensor> compute, Action<TTrainer> apply)
        where TModel : nn.Module, new()
        where TTrainer : Trainer
    {
        var golden = Golden.Load("weight_norm/" + name);
        using var model = new TModel();
        golden.Restore(model.state_dict(), "initial.");
        using var trainer = create(model);
        for (int step = 0; step < 3; step++)
        {
            golden.Matches($"step{step}.loss", compute(trainer, golden[$"step{step}.input"], golden[$"step{step}.label"]));
            foreach (var (key, value) in model.named_parameters())
                golden.Matches($"step{step}.gradient.{key}", ArenaGradient.Of(arena(model), value));
            apply(trainer);
            foreach (var (key, value) in model.state_dict()) golden.Matches($"step{step}.after.{key}", value);
        }

        if (!golden.Names.Contains("evaluated")) return;
        model.eval();
        golden.Matches("evaluated", ((nn.Module<Tensor, Tensor>)(nn.Module)model).forward(golden["step2.input"]));
    }
}
