namespace Dsl.Generator.Tests;

/// <summary>Models that are written as methods, shared by tests.</summary>
internal static class MethodSamples
{
    public const string Header = """
        using Dsl;
        using TorchSharp;
        using static TorchSharp.torch;

        namespace Demo;


        """;

    /// <summary>Layers that are shared, a loop, a constant condition, arithmetic.</summary>
    public const string TwoPath = Header + TwoPathModel;

    /// <summary>A loop whose end is not known at compile time.</summary>
    public const string Opaque = Header + OpaqueModel;

    public const string TwoPathModel = """
        [Model(3, 8, 8)]
        public partial class TwoPath
        {
            private const bool UseSigmoid = true;

            [Conv2d(4, 3, Padding = 1)] private partial Tensor Conv1(Tensor x);
            [Conv2d(4, 5, Padding = 2, Bias = false), BatchNorm2d, ReLU] private partial Tensor Wide(Tensor x);
            [Flatten, Linear(10)] private partial Tensor Head(Tensor x);

            public Tensor Forward(Tensor x)
            {
                var a = Conv1(x);
                for (int i = 0; i < 2; i++) a = a + 0.5 * Wide(a).relu();
                if (UseSigmoid) a = torch.sigmoid(a);
                return Head(a);
            }
        }

        """;

    public const string OpaqueModel = """
        [Model(6, OutputShape = new[] { 3 })]
        public partial class Repeated
        {
            [Linear(6), Tanh] private partial Tensor Step([Shape(6)] Tensor x);
            [Linear(3)] private partial Tensor Head([Shape(6)] Tensor x);

            public int Times { get; set; } = 2;

            public Tensor Forward(Tensor x)
            {
                for (int i = 0; i < Times; i++) x = Step(x);
                return Head(x);
            }
        }

        """;
}
