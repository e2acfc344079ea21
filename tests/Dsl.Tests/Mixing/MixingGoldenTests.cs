using Dsl.Runtime;
using Dsl.Tests.Layers;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Mixings;

/// <summary>A step on mixtures with supplied draws against PyTorch: losses, every gradient and buffer, in both targets.</summary>
public class MixingGoldenTests
{
    [Theory]
    [InlineData("mixup")]
    [InlineData("mixup_all")]
    [InlineData("mixup_none")]
    public void Mixup(string name)
    {
        var golden = Golden.Load("mixing/" + name);
        using var first = new MixupTrainer(Model<Mlp>(golden));
        Check(golden, first.Model, first.Model.Arena, first.ComputeGradients(
            new(golden["input"], golden["label"]), new(golden["draws.share"], golden["draws.partners"])).Total);
        using var second = new MixupAutograd(Model<Mlp>(golden));
        Check(golden, second.Model, second.Model.Arena, second.ComputeGradients(
            new(golden["input"], golden["label"]), new(golden["draws.share"], golden["draws.partners"])).Total);
    }

    [Theory]
    [InlineData("mixup_disturbed")]
    [InlineData("mixup_disturbed_all")]
    public void Mixup_of_disturbed_labels(string name)
    {
        var golden = Golden.Load("mixing/" + name);
        using var first = new DisturbedMixup(Model<Mlp>(golden));
        Check(golden, first.Model, first.Model.Arena,
            first.ComputeGradients(new(golden["input"], golden["label"]), new DisturbedMixup.Draws(
            MixupShare: golden["draws.share"], MixupPartners: golden["draws.partners"],
            DisturbLabelChance: golden["draws.chance"], DisturbLabelClass: golden["draws.class"])).Total);
        using var second = new DisturbedMixupAutograd(Model<Mlp>(golden));
        Check(golden, second.Model, second.Model.Arena,
            second.ComputeGradients(new(golden["input"], golden["label"]), new DisturbedMixupAutograd.Draws(
            MixupShare: golden["draws.share"], MixupPartners: golden["draws.partners"],
            DisturbLabelChance: golden["draws.chance"], DisturbLabelClass: golden["draws.class"])).Total);
    }

    [Fact]
    public void Mixup_with_a_teacher()
    {
        var golden = Golden.Load("mixing/mixup_distill");
        var teacher = new Mlp();
        golden.Restore(teacher.state_dict(), "initial.teacher.");
        using var first = new MixupDistill(Model<Mlp>(golden), teacher);
        var losses = first.ComputeGradients(
            new(golden["input"], golden["label"]), new(golden["draws.share"], golden["draws.partners"]));
        Check(golden, first.Model, first.Model.Arena, losses.Total, ("cross_entropy", losses.CrossEntropy),
            ("distill", losses.Distill));
        using var second = new MixupDistillAutograd(Model<Mlp>(golden), teacher);
        var others = second.ComputeGradients(
            new(golden["input"], golden["label"]), new(golden["draws.share"], golden["draws.partners"]));
        Check(golden, second.Model, second.Model.Arena, others.Total, ("cross_entropy", others.CrossEntropy),
            ("distill", others.Distill));
    }

    [Theory]
    [InlineData("cutmix")]
    [InlineData("cutmix_border")]
    [InlineData("cutmix_exact")]
    [InlineData("cutmix_whole")]
    [InlineData("cutmix_nothing")]
    public void CutMix(string name)
    {
        var golden = Golden.Load("mixing/" + name);
        using (var kept = CutMixBox.Kept(golden["draws.share"], golden["draws.row"], golden["draws.column"], 8, 8))
            Assert.Equal(golden.Number("share"), kept.mean().ToDouble(), 2e-6);
        using var first = new CutMixTrainer(Model<Cnn>(golden));
        Check(golden, first.Model, first.Model.Arena, first.ComputeGradients(
            new(golden["input"], golden["label"]),
            new(golden["draws.share"], golden["draws.partners"], golden["draws.row"], golden["draws.column"])).Total);
        using var second = new CutMixAutograd(Model<Cnn>(golden));
        Check(golden, second.Model, second.Model.Arena, second.ComputeGradients(
            new(golden["input"], golden["label"]),
            new(golden["draws.share"], golden["draws.partners"], golden["draws.row"], golden["draws.column"])).Total);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Manifold_mixup(int place)
    {
        var golden = Golden.Load($"mixing/manifold_{place}");
        using var first = new ManifoldTrainer(Model<Places>(golden));
        Check(golden, first.Model, first.Model.Arena, first.ComputeGradients(
            new(golden["input"], golden["label"]), new(golden["draws.share"], golden["draws.partners"], golden["draws.place"]))
                .Total);
        using var second = new ManifoldAutograd(Model<Places>(golden));
        Check(golden, second.Model, second.Model.Arena, second.ComputeGradients(
            new(golden["input"], golden["label"]), new(golden["draws.share"], golden["draws.partners"], golden["draws.place"]))
                .Total);
    }

    [Theory]
    [InlineData("augmix_operations_3")]
    [InlineData("augmix_operations_10")]
    public void Operations_of_AugMix(string name)
    {
        var golden = Golden.Load("mixing/" + name);
        using var actual = AugMixing.Apply(golden["input"], golden["draws.operations"], golden["draws.levels"],
            golden["draws.reversed"], golden["draws.weights"], golden["draws.share"]);
        golden.Matches("output", actual);
    }

    [Fact]
    public void AugMix()
    {
        var golden = Golden.Load("mixing/augmix");
        using var first = new AugMixTrainer(Model<Cnn>(golden));
        var losses = first.ComputeGradients(new(golden["input"], golden["label"]), new(
            golden["draws.first.operations"], golden["draws.first.levels"], golden["draws.first.reversed"],
            golden["draws.first.weights"], golden["draws.first.share"], golden["draws.first.depths"],
            golden["draws.second.operations"], golden["draws.second.levels"], golden["draws.second.reversed"],
            golden["draws.second.weights"], golden["draws.second.share"], golden["draws.second.depths"]));
        Check(golden, first.Model, first.Model.Arena, losses.Total, ("cross_entropy", losses.CrossEntropy),
            ("jensen_shannon", losses.JensenShannon));
        using var second = new AugMixAutograd(Model<Cnn>(golden));
        var others = second.ComputeGradients(new(golden["input"], golden["label"]), new(
            golden["draws.first.operations"], golden["draws.first.levels"], golden["draws.first.reversed"],
            golden["draws.first.weights"], golden["draws.first.share"], golden["draws.first.depths"],
            golden["draws.second.operations"], golden["draws.second.levels"], golden["draws.second.reversed"],
            golden["draws.second.weights"], golden["draws.second.share"], golden["draws.second.depths"]));
        Check(golden, second.Model, second.Model.Arena, others.Total, ("cross_entropy", others.CrossEntropy),
            ("jensen_shannon", others.JensenShannon));
    }

    [Fact]
    public void AugMix_of_fixed_depth()
    {
        var golden = Golden.Load("mixing/augmix_fixed");
        using var first = new FixedAugMix(Model<Cnn>(golden));
        Check(golden, first.Model, first.Model.Arena, first.ComputeGradients(new(golden["input"], golden["label"]), new(
            golden["draws.first.operations"], golden["draws.first.levels"], golden["draws.first.reversed"],
            golden["draws.first.weights"], golden["draws.first.share"],
            golden["draws.second.operations"], golden["draws.second.levels"], golden["draws.second.reversed"],
            golden["draws.second.weights"], golden["draws.second.share"])).Total);
        using var second = new FixedAugMixAutograd(Model<Cnn>(golden));
        Check(golden, second.Model, second.Model.Arena, second.ComputeGradients(new(golden["input"], golden["label"]), new(
            golden["draws.first.operations"], golden["draws.first.levels"], golden["draws.first.reversed"],
            golden["draws.first.weights"], golden["draws.first.share"],
            golden["draws.second.operations"], golden["draws.second.levels"], golden["draws.second.reversed"],
            golden["draws.second.weights"], golden["draws.second.share"])).Total);
    }

    [Fact]
    public void AugMix_with_chains_of_a_policy()
    {
        var golden = Golden.Load("mixing/augmix_policy");
        var d = (string name) => golden["draws." + name];
        using var first = new PolicyAugMix(Model<Cnn>(golden));
        var losses = first.ComputeGradients(new(golden["input"], golden["label"]), new(
            d("first.weights"), d("first.share"), d("first.chain1.rotation"), d("first.chain1.noise"),
            d("first.chain2.rotation"), d("first.chain2.noise"),
            d("second.weights"), d("second.share"), d("second.chain1.rotation"), d("second.chain1.noise"),
            d("second.chain2.rotation"), d("second.chain2.noise")));
        Check(golden, first.Model, first.Model.Arena, losses.Total, ("cross_entropy", losses.CrossEntropy),
            ("jensen_shannon", losses.JensenShannon));
        using var second = new PolicyAugMixAutograd(Model<Cnn>(golden));
        var others = second.ComputeGradients(new(golden["input"], golden["label"]), new(
            d("first.weights"), d("first.share"), d("first.chain1.rotation"), d("first.chain1.noise"),
            d("first.chain2.rotation"), d("first.chain2.noise"),
            d("second.weights"), d("second.share"), d("second.chain1.rotation"), d("second.chain1.noise"),
            d("second.chain2.rotation"), d("second.chain2.noise")));
        Check(golden, second.Model, second.Model.Arena, others.Total, ("cross_entropy", others.CrossEntropy),
            ("jensen_shannon", others.JensenShannon));
    }

    private static T Model<T>(Golden golden)
        where T : nn.Module<Tensor, Tensor>, new()
    {
        var model = new T();
        golden.Restore(model.state_dict(), "initial.");
        return model;
    }

    private static void Check(
        Golden golden, nn.Module model, ParameterArena arena, Tensor total, params (string Name, Tensor Loss)[] terms)
    {
        golden.Matches("loss.total", total);
        foreach (var (name, loss) in terms) golden.Matches("loss." + name, loss);
        foreach (var (name, parameter) in model.named_parameters())
            golden.Matches("gradient." + name, ArenaGradient.Of(arena, parameter));
        foreach (var (name, buffer) in model.named_buffers()) golden.Matches("after." + name, buffer);
    }
}
