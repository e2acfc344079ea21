using Dsl.Runtime;
using Dsl.Tests.Styles;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests.Styles
{
    [Model(6), Linear(5), LeakyReLU(0.2), Tag("w"), Linear(6), Tag("first"), From("w"), Linear(8), Tag("second")]
    [LearnedConstant(3, 4, 4), InstanceNorm2d, FiLM("first"), LeakyReLU(0.2), Upsample(2)]
    [Conv2d(4, 3, Padding = 1, Bias = false), InstanceNorm2d, FiLM("second"), LeakyReLU(0.2)]
    public partial class Styled;

    /// <summary>The order of the paper's code: noise, the activation, and then the style.</summary>
    [Model(6), RMSNorm(Affine = false, Epsilon = 1e-8), Linear(5), LeakyReLU(0.2), Tag("w"), Linear(6), Tag("first")]
    [From("w"), Linear(8), Tag("second")]
    [LearnedConstant(3, 4, 4), PixelNoise, LeakyReLU(0.2), InstanceNorm2d, FiLM("first"), Upsample(2)]
    [Conv2d(4, 3, Padding = 1), PixelNoise, LeakyReLU(0.2), InstanceNorm2d, FiLM("second")]
    public partial class NoisyStyled;

    [Model(3, 4, 5), PixelNoise(Initial = 0.5)]
    public partial class Noisy;

    [Model(3, 4, 5), PixelNoise]
    public partial class NotYetNoisy;
}

namespace Dsl.Tests
{
    /// <summary>A style-based generator of layers against tests/goldens/styles.py in both targets, and the noise of its
    /// pixels.</summary>
    public class StyleGoldenTests
    {
        [Fact]
        public void Styles() => LayerGoldenTests.Check<Styled, Styled.Tape>("styles/styled");

        /// <summary>With the draws of the golden, which are those of a generator of seed 7 in the order of the layers.</summary>
        [Fact]
        public void Styles_with_noise()
        {
            using var scope = NewDisposeScope();
            var golden = Golden.Load("styles/noisy");
            using var stream = new Generator(7);
            golden.Matches("draws.first", empty(4, 1, 4, 4).normal_(generator: stream));
            golden.Matches("draws.second", empty(4, 1, 8, 8).normal_(generator: stream));
            using var model = new NoisyStyled { DropoutStream = stream };
            golden.Restore(model.state_dict());
            using var tape = new NoisyStyled.Tape();
            stream.manual_seed(7);
            golden.Matches("train.output", model.Forward(golden["input"].clone(), tape));
            golden.Matches("train.input_gradient",
                model.Backward(tape, golden["output_gradient"].clone(), inputGradient: true)!);
            foreach (var (name, parameter) in model.named_parameters())
                golden.Matches($"train.{name}.gradient", ArenaGradient.Of(model.Arena, parameter));

            stream.manual_seed(7);
            var input = golden["input"].clone().requires_grad_();
            var output = model.forward(input);
            golden.Matches("train.output", output);
            output.backward([golden["output_gradient"]]);
            golden.Matches("train.input_gradient", input.grad!);
            foreach (var (name, parameter) in model.named_parameters())
                golden.Matches($"train.{name}.gradient", parameter.grad!);
            model.eval();
            golden.Matches("eval.output", model.forward(golden["input"]));
        }

        /// <summary>One number for each pixel, times a factor for each channel; left out in evaluation.</summary>
        [Fact]
        public void Pixels_have_one_noise_for_all_channels()
        {
            using var scope = NewDisposeScope();
            using var model = new Noisy(new Generator(1));
            var weight = model.state_dict()["0.weight"];
            using (no_grad()) weight.copy_(tensor(new float[] { 0.5f, -1, 2 }));
            var input = randn([400, 3, 4, 5], generator: new Generator(2));
            using var tape = new Noisy.Tape();
            var first = (model.Forward(input, tape) - input).detach();
            var noise = first.narrow(1, 0, 1) / 0.5;
            Close.To(noise * weight.view(1, 3, 1, 1), first, "noise of each channel", 1e-5);
            Assert.Equal(0, noise.mean().ToDouble(), 0.05);
            Assert.Equal(1, noise.std().ToDouble(), 0.05);

            // The gradient of a factor is that of its channel times the noise, and that of the input passes.
            var gradient = randn([400, 3, 4, 5], generator: new Generator(3));
            var passed = model.Backward(tape, gradient, inputGradient: true)!;
            Close.To(gradient, passed, "input gradient", 0);
            Close.To((gradient * noise).sum([0L, 2, 3]), ArenaGradient.Of(model.Arena, weight), "gradient of the factors");

            var other = (model.forward(input) - input).detach();
            Assert.True((other - first).abs().max().ToDouble() > 0.1);
            model.eval();
            Close.To(input, model.forward(input), "evaluation", 0);
        }

        [Fact]
        public void Both_targets_draw_the_same()
        {
            using var scope = NewDisposeScope();
            using var model = new Noisy(new Generator(1)).to(ScalarType.Float64);
            using var stream = new Generator(5);
            model.DropoutStream = stream;
            using var tape = new Noisy.Tape();
            BothTargets.Agree(model, tape, randn([3, 3, 4, 5], ScalarType.Float64), () => stream.manual_seed(7));
        }

        [Fact]
        public void Without_a_factor_there_is_no_noise_but_a_gradient()
        {
            using var scope = NewDisposeScope();
            using var model = new NotYetNoisy();
            var input = randn([5, 3, 4, 5]);
            using var tape = new NotYetNoisy.Tape();
            Close.To(input, model.Forward(input, tape), "output", 0);
            model.Backward(tape, ones_like(input));
            var gradient = ArenaGradient.Of(model.Arena, model.state_dict()["0.weight"]);
            Assert.Equal([3L], gradient.shape);
            Assert.True(gradient.abs().min().ToDouble() > 0);
        }
    }
}
