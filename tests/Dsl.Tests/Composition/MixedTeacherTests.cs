using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Composition;

[Model(6), Linear(8), Tanh, Tag("middle"), Linear(3)]
public partial class MixedStudent;

[Model(6), Linear(8), Sigmoid, Tag("guided"), Linear(3)]
public partial class MixedGuide;

[Trainer<MixedStudent>, CrossEntropy, Distill<MixedGuide>(Temperature = 2), Sgd(0.1), Steps(3)]
[DistillFeature<MixedGuide>("middle", Teacher = "guided"), MixMatch(RampUpSteps = 2)]
public partial class MixedPupil;

[Trainer<MixedStudent>(Backward = Backward.Autograd), CrossEntropy, Distill<MixedGuide>(Temperature = 2), Sgd(0.1), Steps(3)]
[DistillFeature<MixedGuide>("middle", Teacher = "guided"), MixMatch(RampUpSteps = 2)]
public partial class MixedPupilByAutograd;

/// <summary>A teacher is asked about what the network sees, also where that is mixed with samples that have no label.</summary>
public class MixedTeacherTests
{
    [Fact]
    public void Both_terms_compare_the_same_mixed_samples()
    {
        using var scope = NewDisposeScope();
        using var seeded = new Generator(5UL);
        using var student = new MixedStudent(seeded);
        using var guide = new MixedGuide(seeded);
        using var pupil = new MixedPupil(student, guide);
        Tensor input = randn([4, 6], generator: seeded), unlabeled = randn([5, 6], generator: seeded);
        using var batch = new MixedPupil.Batch(Input: input, Label: tensor(new long[] { 0, 2, 1, 1 }), Unlabeled: unlabeled);
        using var draws = pupil.SampleDraws(batch);

        // The definition, apart from the compiler: row n is λ times itself and 1 − λ times its partner, λ ≥ ½.
        Tensor all = cat([input, unlabeled, unlabeled]);
        double share = draws.MixMatchShare.to_type(ScalarType.Float64).item<double>();
        double own = Math.Max(share, 1 - share);
        Tensor mixed = (all * own + all[draws.MixMatchPartners] * (1 - own))[TensorIndex.Slice(0, 4)];
        var (z, hidden) = Run(student.state_dict(), mixed, values => values.tanh());
        var (guided, expected) = Run(guide.state_dict(), mixed, values => values.sigmoid());
        Tensor soft = (guided / 2).softmax(1);
        Tensor divergence = 4 * (soft * (soft.log() - (z / 2).log_softmax(1))).sum(1).mean();
        Tensor features = (hidden - expected).square().mean();

        var losses = pupil.ComputeGradients(batch, draws);
        Assert.Equal(divergence.item<float>(), losses.Distill.item<float>(), 1e-5);
        Assert.Equal(features.item<float>(), losses.DistillFeatureMiddle.item<float>(), 1e-5);
    }

    [Fact]
    public void Both_targets_agree()
    {
        using var scope = NewDisposeScope();
        using var seeded = new Generator(6UL);
        using var first = new MixedStudent(seeded);
        using var second = new MixedStudent(seeded);
        second.load_state_dict(first.state_dict());
        using var guide = new MixedGuide(seeded);
        using var pupil = new MixedPupil(first, guide);
        using var byAutograd = new MixedPupilByAutograd(second, guide);
        Tensor input = randn([4, 6], generator: seeded), unlabeled = randn([5, 6], generator: seeded);
        Tensor label = tensor(new long[] { 0, 2, 1, 1 });
        for (int step = 0; step < 3; step++)
        {
            using var batch = new MixedPupil.Batch(
                Input: input.alias(), Label: label.alias(), Unlabeled: unlabeled.alias());
            using var draws = pupil.SampleDraws(batch);
            using var other = new MixedPupilByAutograd.Batch(
                Input: input.alias(), Label: label.alias(), Unlabeled: unlabeled.alias());
            using var same = new MixedPupilByAutograd.Draws(draws.MixMatchShare.alias(), draws.MixMatchPartners.alias());
            pupil.Step(batch, draws);
            byAutograd.Step(other, same);
        }

        Assert.True((first.Arena.Values - second.Arena.Values).abs().max().item<float>() < 1e-5f);
    }

    private static (Tensor Output, Tensor Hidden) Run(
        IReadOnlyDictionary<string, Tensor> state, Tensor input, Func<Tensor, Tensor> activation)
    {
        Tensor hidden = activation(nn.functional.linear(input, state["0.weight"], state["0.bias"]));
        return (nn.functional.linear(hidden, state["3.weight"], state["3.bias"]), hidden);
    }
}
