using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Parameters;

/// <summary>Frozen parameters: part of the state, of nothing that trains.</summary>
public class FrozenTests
{
    [Fact]
    public void Frozen_parameters_are_in_the_state_and_need_no_gradient()
    {
        using var model = new TunedHead();
        Assert.Equal(["0.weight", "1.bias", "1.weight"], Names(model, trained: false));
        Assert.Equal(["4.bias", "4.weight"], Names(model, trained: true));
        Assert.All(
            ["0.weight", "1.weight", "1.running_mean", "4.weight"], name => Assert.Contains(name, model.state_dict().Keys));
        Assert.Equal(54 + 6 + 196, TunedHead.ParameterCount);
        Assert.Equal(196, TunedHead.TrainableParameterCount);

        static IEnumerable<string> Names(nn.Module model, bool trained) => model.named_parameters()
            .Where(parameter => parameter.parameter.requires_grad == trained).Select(parameter => parameter.name)
            .Order(StringComparer.Ordinal);
    }

    [Fact]
    public void Gradients_and_moments_have_no_room_for_frozen_parameters()
    {
        using var model = new TunedHead();
        Assert.Equal(192 + 16, model.Arena.TrainableLength);
        Assert.Equal([model.Arena.TrainableLength], model.Arena.Gradients.shape);
        Assert.True(model.Arena.Length >= model.Arena.TrainableLength + 54 + 6);
    }

    [Fact]
    public void A_frozen_backbone_keeps_nothing_unless_it_is_asked_to()
    {
        using var model = new TunedHead();
        using var tape = new TunedHead.Tape();
        var input = randn(4, 2, 6, 6);
        model.Forward(input, tape);
        Assert.Throws<InvalidOperationException>(() => tape.Conv2d0.sum());
        Assert.Equal([4L, 48], tape.Flatten3.shape);
        Assert.Contains("ForInputGradient",
            Assert.Throws<InvalidOperationException>(() => model.Backward(tape, ones(4, 4), inputGradient: true)).Message);
        Assert.Null(model.Backward(tape, ones(4, 4)));

        tape.ForInputGradient = true;
        model.Forward(input, tape);
        Assert.Equal([4L, 3, 4, 4], tape.Conv2d0.shape);
        Assert.Equal(input.shape, model.Backward(tape, ones(4, 4), inputGradient: true)!.shape);
    }

    [Fact]
    public void Moving_a_model_keeps_its_frozen_parameters_frozen()
    {
        using var model = new TunedHead();
        model.to(ScalarType.Float64);
        Assert.False(model.Conv2d0Weight.requires_grad);
        Assert.True(model.Linear4Weight.requires_grad);
        Assert.Equal(ScalarType.Float64, model.Conv2d0Weight.dtype);
    }

    [Fact]
    public void Nothing_frozen_changes_under_an_average_of_the_network()
    {
        using (var model = new TunedHead())
        using (var trainer = new HeadMeanTeacher(model))
            Check(model, trainer.Teacher, input => trainer.Step(new(input, Labels(), input.clone())));
        using (var model = new TunedHead())
        using (var trainer = new HeadMeanTeacherAutograd(model))
            Check(model, trainer.Teacher, input => trainer.Step(new(input, Labels(), input.clone())));

        static Tensor Labels() => tensor(new long[] { 0, 1, 2, 3 });

        static void Check(TunedHead model, TunedHead teacher, Action<Tensor> step)
        {
            manual_seed(4);
            var before = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
            for (int i = 0; i < 3; i++) step(randn(4, 2, 6, 6));
            foreach (var (name, value) in model.state_dict())
            {
                bool isFrozen = !name.StartsWith("4.", StringComparison.Ordinal);
                Assert.True(value.equal(before[name]).all().item<bool>() == isFrozen, name);
                if (isFrozen) Close.To(before[name], teacher.state_dict()[name], $"the average's {name}", 0);
            }
        }
    }

    [Fact]
    public void A_run_can_be_resumed()
    {
        string path = Path.Combine(Path.GetTempPath(), $"dsl-frozen-{Guid.NewGuid():N}.safetensors");
        try
        {
            using var model = new TunedHead();
            using var trainer = new HeadTrainer(model);
            manual_seed(5);
            var (input, label) = (randn(4, 2, 6, 6), tensor(new long[] { 0, 1, 2, 3 }));
            trainer.Step(new(input, label));
            trainer.Save(path);
            using var other = new TunedHead();
            using var resumed = new HeadTrainer(other);
            resumed.Resume(path);
            trainer.Step(new(input, label));
            resumed.Step(new(input, label));
            Close.To(model.Arena.Values, other.Arena.Values, "parameters", 0);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
