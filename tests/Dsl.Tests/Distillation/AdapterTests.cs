using Dsl.Runtime;
using Dsl.Tests.Distillation;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace Dsl.Tests;

/// <summary>
/// Adapters between features of different widths, against PyTorch in both targets: losses, every gradient, the adapter's too,
/// and what three steps of an optimizer make of all parameters. They belong to the run and not to the student.
/// </summary>
public class AdapterTests
{
    [Fact]
    public void Images_by_a_convolution()
    {
        var golden = Golden.Load("feature_adapters/images");
        var teacher = new Wide();
        Fill(golden, "teacher", teacher.parameters());
        using (no_grad())
        {
            foreach (var (name, buffer) in teacher.named_buffers())
            {
                if (name.EndsWith("running_mean", StringComparison.Ordinal)) buffer.copy_(golden["teacher.mean"]);
                if (name.EndsWith("running_var", StringComparison.Ordinal)) buffer.copy_(golden["teacher.variance"]);
            }
        }

        using (var trainer = new SlimExplicit(new Slim(), teacher))
            Check(golden, trainer.Model, trainer.Model.Arena, trainer.Adapters,
                [trainer.AdapterMiddleWeight, trainer.AdapterMiddleBias], Losses, trainer.ApplyGradients, trainer);
        using (var trainer = new SlimAutograd(new Slim(), teacher))
            Check(golden, trainer.Model, trainer.Model.Arena, trainer.Adapters,
                [trainer.AdapterMiddleWeight, trainer.AdapterMiddleBias], AutogradLosses, trainer.ApplyGradients, trainer);

        static (Tensor, Tensor, Tensor) Losses(SlimExplicit trainer, Tensor input)
        {
            var losses = trainer.ComputeGradients(new(input), new());
            return (losses.Total, losses.DistillFeatureMiddle, losses.Distill);
        }

        static (Tensor, Tensor, Tensor) AutogradLosses(SlimAutograd trainer, Tensor input)
        {
            var losses = trainer.ComputeGradients(new(input), new());
            return (losses.Total, losses.DistillFeatureMiddle, losses.Distill);
        }
    }

    [Fact]
    public void Signals_by_a_convolution()
    {
        var golden = Golden.Load("feature_adapters/signals");
        var teacher = new WideSignal();
        Fill(golden, "teacher", teacher.parameters());
        using (var trainer = new SignalExplicit(new SlimSignal(), teacher))
            Check(golden, trainer.Model, trainer.Model.Arena, trainer.Adapters,
                [trainer.AdapterSignalWeight, trainer.AdapterSignalBias], Losses, trainer.ApplyGradients, trainer);
        using (var trainer = new SignalAutograd(new SlimSignal(), teacher))
            Check(golden, trainer.Model, trainer.Model.Arena, trainer.Adapters,
                [trainer.AdapterSignalWeight, trainer.AdapterSignalBias], AutogradLosses, trainer.ApplyGradients, trainer);

        static (Tensor, Tensor, Tensor) Losses(SignalExplicit trainer, Tensor input)
        {
            var losses = trainer.ComputeGradients(new(input), new());
            return (losses.Total, losses.DistillFeatureSignal, losses.Distill);
        }

        static (Tensor, Tensor, Tensor) AutogradLosses(SignalAutograd trainer, Tensor input)
        {
            var losses = trainer.ComputeGradients(new(input), new());
            return (losses.Total, losses.DistillFeatureSignal, losses.Distill);
        }
    }

    [Fact]
    public void Rows_by_a_linear_layer()
    {
        var golden = Golden.Load("feature_adapters/rows");
        var teacher = new WideRow();
        Fill(golden, "teacher", teacher.parameters());
        using (var trainer = new RowExplicit(new SlimRow(), teacher))
            Check(golden, trainer.Model, trainer.Model.Arena, trainer.Adapters,
                [trainer.AdapterSlimWeight, trainer.AdapterSlimBias], Losses, trainer.ApplyGradients, trainer);
        using (var trainer = new RowAutograd(new SlimRow(), teacher))
            Check(golden, trainer.Model, trainer.Model.Arena, trainer.Adapters,
                [trainer.AdapterSlimWeight, trainer.AdapterSlimBias], AutogradLosses, trainer.ApplyGradients, trainer);

        static (Tensor, Tensor, Tensor) Losses(RowExplicit trainer, Tensor input)
        {
            var losses = trainer.ComputeGradients(new(input), new());
            return (losses.Total, losses.DistillFeatureSlim, losses.Distill);
        }

        static (Tensor, Tensor, Tensor) AutogradLosses(RowAutograd trainer, Tensor input)
        {
            var losses = trainer.ComputeGradients(new(input), new());
            return (losses.Total, losses.DistillFeatureSlim, losses.Distill);
        }
    }

    [Fact]
    public void Tokens_by_a_linear_layer()
    {
        var golden = Golden.Load("feature_adapters/tokens");
        var teacher = new WideTokens();
        Fill(golden, "teacher", teacher.parameters());
        using (var trainer = new TokenExplicit(new SlimTokens(), teacher))
            Check(golden, trainer.Model, trainer.Model.Arena, trainer.Adapters,
                [trainer.AdapterTokensWeight, trainer.AdapterTokensBias], Losses, trainer.ApplyGradients, trainer);
        using (var trainer = new TokenAutograd(new SlimTokens(), teacher))
            Check(golden, trainer.Model, trainer.Model.Arena, trainer.Adapters,
                [trainer.AdapterTokensWeight, trainer.AdapterTokensBias], AutogradLosses, trainer.ApplyGradients, trainer);

        static (Tensor, Tensor, Tensor) Losses(TokenExplicit trainer, Tensor input)
        {
            var losses = trainer.ComputeGradients(new(input), new());
            return (losses.Total, losses.DistillFeatureTokens, losses.Distill);
        }

        static (Tensor, Tensor, Tensor) AutogradLosses(TokenAutograd trainer, Tensor input)
        {
            var losses = trainer.ComputeGradients(new(input), new());
            return (losses.Total, losses.DistillFeatureTokens, losses.Distill);
        }
    }

    private static void Check<T>(
        Golden golden, nn.Module student, ParameterArena arena, ParameterArena adapters, Parameter[] adapter, Func<T, Tensor,
        (Tensor, Tensor, Tensor)> compute, Action apply, T trainer)
    {
        Parameter[] learned = [.. student.parameters()];
        Fill(golden, "student", learned);
        Fill(golden, "adapter", adapter);
        for (int step = 0; step < 3; step++)
        {
            var (total, feature, prediction) = compute(trainer, golden["input"]);
            if (step == 0)
            {
                golden.Matches("loss.total", total);
                golden.Matches("loss.feature", feature);
                golden.Matches("loss.distill", prediction);
                for (int i = 0; i < learned.Length; i++)
                    golden.Matches($"student_gradient.{i}", ArenaGradient.Of(arena, learned[i]));
                for (int i = 0; i < adapter.Length; i++)
                    golden.Matches($"adapter_gradient.{i}", ArenaGradient.Of(adapters, adapter[i]));
            }

            apply();
        }

        for (int i = 0; i < learned.Length; i++) golden.Matches($"after.student.{i}", learned[i]);
        for (int i = 0; i < adapter.Length; i++) golden.Matches($"after.adapter.{i}", adapter[i]);
        Assert.Equal(0, adapters.Gradients.abs().sum().ToDouble());
    }

    private static void Fill(Golden golden, string prefix, IEnumerable<Parameter> parameters)
    {
        using var noGrad = no_grad();
        int i = 0;
        foreach (var parameter in parameters) parameter.copy_(golden[$"{prefix}.{i++}"]);
        Assert.DoesNotContain($"{prefix}.{i}", golden.Names);
    }
}
