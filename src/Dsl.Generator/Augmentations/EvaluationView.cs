using System.Collections.Generic;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;

namespace Dsl.Generator.Augmentations;

/// <summary>What a policy makes of images outside of a step: a method of the generated trainer.</summary>
/// <param name="Policy">The name of the policy.</param>
/// <param name="Draws">Its random numbers, locals of the method.</param>
internal sealed record EvaluationView(string Policy, Computation Computation, IReadOnlyList<DrawnNumbers> Draws, Value Output)
{
    /// <summary>The method's argument.</summary>
    public const string Images = "images";

    /// <summary>The policy as the network sees it in training, with random numbers of its own.</summary>
    public static EvaluationView Random(AugmentationDeclaration policy, TensorType type) => Lower(policy, type, PolicyView.Lower)!;

    /// <summary>The part of the policy that is not random; null when there is none.</summary>
    public static EvaluationView? Fixed(AugmentationDeclaration policy, TensorType type) => Lower(policy, type, PolicyView.LowerFixed);

    private static EvaluationView? Lower(
        AugmentationDeclaration policy, TensorType type, System.Func<AugmentationDeclaration, Value, ViewContext, Value?> lower)
    {
        var computation = new Computation();
        var draws = new List<DrawnNumbers>();
        var view = new ViewContext(computation, new Role("Input", type, "N", ""), "View", draw =>
        {
            draws.Add(draw);
            string local = Local(draw);
            return computation.Add(new Draw(local, draw.Type), local);
        });
        var output = lower(policy, computation.Add(new Input(Images, type), Images), view);
        return output is null ? null : new EvaluationView(policy.Type.Name, computation, draws, output);
    }

    /// <summary>The local variable of a draw.</summary>
    public static string Local(DrawnNumbers draw) => char.ToLowerInvariant(draw.Name[0]) + draw.Name.Substring(1);
}
