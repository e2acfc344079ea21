using System.Reflection;
using Dsl.Runtime;
using Dsl.Runtime.Tests.Cuda;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Generator.Tests;

/// <summary>The kernels that optimizers are emitted as: the real compiler takes them, and run on the processor they do what the
/// fused pass does.</summary>
[Collection(GlobalGenerator.Name)]
public class OptimizerKernelTests
{
    private static readonly string[] s_optimizers =
    [
        "Sgd(0.1)", "Sgd(0.1, Momentum = 0.9)", "Sgd(0.1, Momentum = 0.9, Nesterov = true, WeightDecay = 0.01)",
        "Sgd(0.1), ParameterGroup(\"0\", LearningRateScale = 0.5, WeightDecay = 0.1)",
        "Adam", "Adam(AmsGrad = true, WeightDecay = 0.01)", "AdamW", "AdamW(AmsGrad = true)", "ClipGradNorm(0.5), AdamW",
        "RmsProp", "RmsProp(Momentum = 0.9, WeightDecay = 0.01)", "RmsProp(Centered = true)",
        "Adagrad", "Adagrad(LearningRateDecay = 0.1, WeightDecay = 0.01, InitialAccumulator = 0.1)",
        "Lamb", "Lamb(BiasCorrection = false)", "Lars(0.1)", "Lars(0.1, WeightDecay = 0.01)",
        "Lars(0.1, Form = LarsMomentum.ScaledByLearningRate)", "Lion", "Lion(WeightDecay = 0.1)", "Muon",
        "Muon(Nesterov = false, WeightDecay = 0.1)", "ScheduleFreeAdamW", "ScheduleFreeAdamW(WeightDecay = 0.01)",
    ];

    private static readonly Lazy<Assembly> s_trainers = new(() => LoadedModels.Load("""
        using Dsl;

        namespace Demo;

        [Model(7), Linear(19), ReLU, Linear(3)]
        public partial class Rows;


        """ + string.Join("\n", s_optimizers.Select((optimizer, i) =>
            $"[Trainer<Rows>, CrossEntropy, {optimizer}, Epochs(2)] public partial class Trainer{i};"))));

    public static TheoryData<string> Optimizers => [.. s_optimizers];

    // The one that a solver has in the place of its update has no kernel.
    [Fact]
    public void All_optimizers_are_among_them() => Assert.Equal(
        typeof(DslGenerator).Assembly.GetTypes()
            .Where(type => type.BaseType?.Name == "Optimizer" && !type.IsAbstract && type.Name != "LeastSquares")
            .Select(type => type.Name).Order(),
        s_optimizers.Select(optimizer => optimizer.Split(", ").First(part => !part.StartsWith("Clip", StringComparison.Ordinal)))
            .Select(optimizer => optimizer.Split('(')[0]).Distinct().Order());

    [NvrtcTheory]
    [InlineData(70)]
    [InlineData(80)]
    [InlineData(90)]
    public void The_real_compiler_takes_them(int capability)
    {
        var kernels = s_trainers.Value.GetTypes().SelectMany(Kernels).DistinctBy(kernel => kernel.Source).ToList();
        Assert.True(kernels.Count >= 20, $"There are {kernels.Count} kernels.");
        foreach (var kernel in kernels)
            Assert.Equal("\u007fELF"u8, SystemNvrtc.Compiler.Compile(kernel, capability).AsSpan(0, 4));
    }

    [EmulatedTheory, MemberData(nameof(Optimizers))]
    public void They_do_what_the_fused_pass_does(string optimizer)
    {
        using var scope = NewDisposeScope();
        string name = $"Trainer{Array.IndexOf(s_optimizers, optimizer)}";
        using LoadedTrainer fused = new(s_trainers.Value, name), kernel = new(s_trainers.Value, name);
        using var generator = new torch.Generator(5);
        for (int step = 0; step < 5; step++)
        {
            using var inner = NewDisposeScope();
            using var noGrad = no_grad();
            var gradient = randn(fused.Arena.Gradients.shape, generator: generator) * (fused.Arena.Trainable != 0) * 0.3;
            fused.Arena.Gradients.copy_(gradient);
            fused.ApplyGradients();
            kernel.Arena.Gradients.copy_(gradient);
            using var emulated = EmulatedDevice.Begin(out var device);
            kernel.ApplyGradients();
            Assert.Contains(device.Launched, name => name.StartsWith("update", StringComparison.Ordinal));

            // Making a direction orthogonal enlarges what rounding has left.
            bool isEnlarged = optimizer.StartsWith("Muon", StringComparison.Ordinal);
            Close.To(fused.Arena.Values, kernel.Arena.Values, isEnlarged ? 1e-5 : 1e-6);
            Assert.All(kernel.Arena.Gradients.data<float>().ToArray(), number => Assert.Equal(0, number));
        }
    }

    [EmulatedTheory, MemberData(nameof(Optimizers))]
    public void A_gradient_that_is_no_number_spoils_what_the_fused_pass_spoils(string optimizer)
    {
        using var scope = NewDisposeScope();
        string name = $"Trainer{Array.IndexOf(s_optimizers, optimizer)}";
        using LoadedTrainer fused = new(s_trainers.Value, name), kernel = new(s_trainers.Value, name);
        using var noGrad = no_grad();
        foreach (var trainer in new[] { fused, kernel })
        {
            trainer.Arena.Gradients.fill_(0.1);
            trainer.Arena.Gradients[3] = float.NaN;
            trainer.Arena.Gradients[4] = float.PositiveInfinity;
        }

        fused.ApplyGradients();
        using var emulated = EmulatedDevice.Begin(out _);
        kernel.ApplyGradients();
        Close.To(fused.Arena.Values, kernel.Arena.Values, 1e-6);
        Assert.True(fused.Arena.Values[3].isnan().ToBoolean());
    }

    [EmulatedFact]
    public void A_step_is_the_same_by_kernels_and_by_loops()
    {
        using var scope = NewDisposeScope();
        string name = $"Trainer{Array.IndexOf(s_optimizers, "ClipGradNorm(0.5), AdamW")}";
        using LoadedTrainer loops = new(s_trainers.Value, name), kernels = new(s_trainers.Value, name);
        using var generator = new torch.Generator(5);
        for (int step = 0; step < 4; step++)
        {
            using var inner = NewDisposeScope();
            var data = new Dictionary<string, Tensor>
            {
                ["Input"] = randn([9, 7], generator: generator),
                ["Label"] = randint(0, 3, [9], ScalarType.Int64, generator: generator),
            };
            loops.Step(data);
            using var emulated = EmulatedDevice.Begin(out var device);
            kernels.Step(data);
            Assert.Equal(loops.Total, kernels.Total, 1e-5);
            Close.To(loops.Arena.Values, kernels.Arena.Values, 1e-5);
            Assert.Equal(
                [
                    "derivative", "label_weights", "cross_entropy", "sum_result", "bias_gradient", "bias_gradient", "squares",
                    "clip", "update",
                ],
                device.Launched);
        }
    }

    private static IEnumerable<CudaKernel> Kernels(Type type) => type
        .GetFields(BindingFlags.Static | BindingFlags.NonPublic).Where(field => field.FieldType == typeof(CudaKernel))
        .Select(field => (CudaKernel)field.GetValue(null)!);
}
