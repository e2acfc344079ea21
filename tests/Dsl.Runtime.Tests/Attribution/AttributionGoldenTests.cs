using System.Runtime.CompilerServices;
using Dsl.Runtime;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Runtime.Tests.Attribution;

/// <summary>Attributions of a convolutional network with batch normalisation, and what an attack makes of its inputs, against
/// what <c>tests/goldens/interpretability.py</c> computed.</summary>
public class AttributionGoldenTests
{
    private static readonly SafetensorsFile Golden = Dsl.Runtime.Safetensors.Read(
        Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "goldens", "data", "interpretability", "cnn.safetensors"));

    [Fact]
    public void Saliency() => Check("saliency", model => InputAttribution.Saliency(model, Golden["input"], Golden["class"]));

    [Fact]
    public void SmoothGrad() => Check("smooth", model => InputAttribution.SmoothGrad(
        model, Golden["input"], Golden["class"], Golden["noise"], 0.2));

    [Fact]
    public void Integrated_gradients()
    {
        Check("integrated", model => Integrate(model, 16).Values);
        Check("gap", model => Integrate(model, 16).Gap, 1e-4);
    }

    [Fact]
    public void Integrated_gradients_are_complete_with_many_parts()
    {
        var model = new Net();
        float few = Largest(Integrate(model, 4).Gap), many = Largest(Integrate(model, 512).Gap);
        Assert.InRange(many, 0, 2e-3);
        Assert.True(few > 5 * many, $"{few} of 4 parts and {many} of 512");
    }

    [Fact]
    public void Grad_CAM() => Check("cam", model => InputAttribution.GradCam(
        model, model.WithMaps, Golden["input"], Golden["class"]));

    [Fact]
    public void Occlusion() => Check("occlusion", model => InputAttribution.Occlusion(
        model, Golden["input"], Golden["class"], side: 3, stride: 2, cover: 0.25));

    [Fact]
    public void Attacks()
    {
        var linf = new GradientAttack(new LinfBall(0.1)) { Steps = 5, StepSize = 0.04 };
        Check("linf", model => linf.Climb(model, Golden["linf.start"], Golden["input"], Golden["label"]));
        Check("toward", model => (linf with { Targeted = true }).Climb(
            model, Golden["linf.start"], Golden["input"], Golden["label"]));
        var l2 = new GradientAttack(new L2Ball(1)) { Steps = 5, StepSize = 0.4 };
        Check("l2", model => l2.Climb(model, Golden["l2.start"], Golden["input"], Golden["label"]));
    }

    [Fact]
    public void A_network_in_training_is_left_as_it_was()
    {
        var model = new Net();
        var before = model.state_dict().ToDictionary(entry => entry.Key, entry => entry.Value.clone());
        Assert.True(model.training);
        Integrate(model, 2).Dispose();
        using var data = new InMemoryData(Golden["input"].clone(), Golden["label"].clone());
        RobustAccuracy.Evaluate(model, data, new GradientAttack(new LinfBall(0.1)) { Steps = 2 }, CPU);
        Assert.True(model.training && model.modules().All(module => module.training));
        Assert.All(model.state_dict(), entry => Assert.True(entry.Value.allclose(before[entry.Key], 0, 0), entry.Key));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.grad is null));
    }

    private static IntegratedGradients Integrate(Net model, int parts) => InputAttribution.Integrate(
        model, Golden["input"], Golden["class"], Golden["baseline"], parts);

    private static void Check(string name, Func<Net, Tensor> compute, double tolerance = 1e-5)
    {
        using var model = new Net();
        Tensor actual = compute(model), expected = Golden[name];
        Assert.Equal(expected.shape, actual.shape);
        Assert.InRange(Largest(actual.sub(expected)), 0, (tolerance * Largest(expected)) + 1e-6);
    }

    private static float Largest(Tensor tensor) => tensor.detach().abs().max().item<float>();

    private static string Here([CallerFilePath] string path = "") => path;

    // In training mode, as a trainer leaves it.
    private sealed class Net : nn.Module<Tensor, Tensor>
    {
        private readonly nn.Module<Tensor, Tensor>[] _layers =
        [
            nn.Conv2d(1, 3, 3, padding: 1, bias: false), nn.BatchNorm2d(3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(3, 4, 3, padding: 1, bias: false), nn.BatchNorm2d(4), nn.ReLU(),
            nn.Flatten(), nn.Linear(64, 12), nn.ReLU(), nn.Linear(12, 5),
        ];

        public Net()
            : base(nameof(Net))
        {
            // As networks of Dsl with convolutions do.
            ConvolutionCheck.Ensure();
            for (int i = 0; i < _layers.Length; i++) register_module($"{i}", _layers[i]);
            using var noGrad = no_grad();
            foreach (var (name, target) in state_dict()) target.copy_(Golden["initial." + name]);
        }

        public override Tensor forward(Tensor input) => WithMaps(input).Output;

        public (Tensor Output, Tensor Maps) WithMaps(Tensor input)
        {
            var maps = _layers[..7].Aggregate(input, (value, layer) => layer.forward(value));
            return (_layers[7..].Aggregate(maps, (value, layer) => layer.forward(value)), maps);
        }
    }
}
