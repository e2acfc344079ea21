using System.Collections.Generic;
using Dsl.Generator.Augmentations;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>What a trainer's policy makes of images outside of a step, as methods of the trainer.</summary>
internal static class Views
{
    /// <summary>The view that an evaluation on random views takes.</summary>
    public const string Random = "RandomView";

    /// <summary>What is done to every image, in evaluation, too.</summary>
    public const string Fixed = "FixedView";

    private const string Images = "images";

    public static void Lower(AugmentationDeclaration policy, TrainerProgram trainer)
    {
        trainer.Procedures.Add(LowerRandom(policy, trainer.Network.Input.Type));
        if (LowerFixed(policy, trainer.Network.Input.Type) is { } stable) trainer.Procedures.Add(stable);
    }

    /// <summary>The policy as the network sees it in training, with random numbers of its own.</summary>
    private static Procedure LowerRandom(AugmentationDeclaration policy, TensorType type)
    {
        var computation = new Computation();
        var draws = new List<DrawnNumbers>();
        var view = new ViewContext(computation, type.Shape, "View", draw =>
        {
            draws.Add(draw);
            string local = Procedure.Local(draw);
            return computation.Add(new Draw(local, draw.Type), local);
        });
        Value result = PolicyView.Lower(policy, computation.Add(new Input(Images, type), Images), view);
        ProcedureParameter[] sampler = draws.Count == 0 ? []
            : [new ProcedureParameter("DrawSampler", "sampler", "Where the random numbers come from")];
        return new Procedure(
            Random, $"A view by {policy.Type.Name}, as the network sees it in training", [Parameter(type), .. sampler],
            computation, result)
        {
            Draws = draws,
            Samples = $"{Images}.size(0)",
            Input = Images,
        };
    }

    /// <summary>The part of the policy that is not random; null when there is none.</summary>
    private static Procedure? LowerFixed(AugmentationDeclaration policy, TensorType type)
    {
        var computation = new Computation();
        return PolicyView.LowerFixed(policy, computation.Add(new Input(Images, type), Images), computation) is not { } result
            ? null
            : new Procedure(
                Fixed, $"What {policy.Type.Name} does to every image", [Parameter(type)], computation, result) { Input = Images };
    }

    private static ProcedureParameter Parameter(TensorType type) => new("Tensor", Images, $"Images {type.Shape}");
}
