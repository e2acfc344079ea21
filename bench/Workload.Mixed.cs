using Bench.Eager;

namespace Bench;

// Products of 16 bits: our side and PyTorch's, by autocast; TorchSharp has nothing like it and computes with 32 bits. They are
// measured where they are named, since what the sides compute differs.
internal sealed partial record Workload
{
    /// <summary>The workloads with mixed precision.</summary>
    public static IReadOnlyDictionary<string, Workload> Mixed { get; } = new Dictionary<string, Workload>
    {
        ["mlp-mixed"] = All["mlp-adam"] with
        {
            FirstTolerance = Rounding,
            Explicit = () => Of(new MixedMlpExplicit(new MixedMlp())),
            Autograd = () => Of(new MixedMlpAutograd(new MixedMlp())),
        },
        ["gpt-mixed"] = All["gpt-adam"] with
        {
            FirstTolerance = Rounding,
            Explicit = () => Of(new MixedGptExplicit(new MixedGpt())),
            Autograd = () => Of(new MixedGptAutograd(new MixedGpt())),
        },
        ["resnet18-mixed"] = All["resnet18"] with
        {
            FirstTolerance = Rounding,
            Explicit = () => Of(new MixedResNet18Explicit(new MixedResNet18())),
            Autograd = () => Of(new MixedResNet18Autograd(new MixedResNet18())),
        },
        ["vit-mixed"] = All["vit-tiny"] with
        {
            FirstTolerance = Rounding,
            Explicit = () => Of(new MixedViTExplicit(new MixedViT())),
            Autograd = () => Of(new MixedViTAutograd(new MixedViT())),
        },
    };

    // Of a sum of products whose factors have 8 bits.
    private const double Rounding = 2e-2;

    private static OurStep Of(MixedMlpExplicit trainer) =>
        new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);

    private static OurStep Of(MixedMlpAutograd trainer) =>
        new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);

    private static OurStep Of(MixedGptExplicit trainer) =>
        new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);

    private static OurStep Of(MixedGptAutograd trainer) =>
        new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);

    private static OurStep Of(MixedResNet18Explicit trainer) =>
        new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);

    private static OurStep Of(MixedResNet18Autograd trainer) =>
        new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);

    private static OurStep Of(MixedViTExplicit trainer) =>
        new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);

    private static OurStep Of(MixedViTAutograd trainer) =>
        new(b => trainer.Step(new(b.Input, b.Label)).Total, trainer.Model);
}
