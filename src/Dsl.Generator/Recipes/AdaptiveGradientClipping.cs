using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Recipes;

internal sealed class AdaptiveGradientClipping : RecipePart<AdaptiveGradientClippingAttribute>
{
    protected override void Lower(
        AdaptiveGradientClippingAttribute clip, Bound<RecipeAttribute> declared, TrainerProgram trainer, Findings findings)
    {
        var network = trainer.Network;
        var trained = network.Parameters.Where(parameter => !parameter.IsFrozen).ToList();
        if (clip.Except.Length > 0 && !trained.Any(parameter => ParameterPath.Names(clip.Except, parameter.Name)))
        {
            findings.Add(
                Catalogue.UnknownParameters, declared.SiteOf(nameof(clip.Except)), clip.Except, trainer.Declaration.ModelName,
                ParameterPath.Known(clip.Except, network))
                    .Offer(declared.Correct(nameof(clip.Except), clip.Except, ParameterPath.All(network)));
            return;
        }

        string bound = Hyperparameters.Add(trainer, clip, nameof(clip.Clipping), "AdaptiveClipping").Code;
        string epsilon = Hyperparameters.Add(trainer, clip, nameof(clip.Epsilon), "AdaptiveClippingEpsilon").Code;
        foreach (var phase in trainer.Phases)
        {
            phase.Clipping = new GradientClipping(
                "gradient of each unit clipped", "g_i <- g_i * min(1, clipping * max(|W_i|, epsilon) / |g_i|) for each unit i.",
            [
                .. phase.Arenas.SelectMany(arena => arena.Parameters
                    .Where(parameter => !parameter.IsFrozen
                        && (!arena.IsOfModel || !ParameterPath.Names(clip.Except, parameter.Name)))
                    .Select(parameter => Apply(arena.Code, arena.Layout, parameter))),
            ], ReadsWhole: true);
        }

        string Apply(string arena, ArenaLayout layout, NetworkParameter parameter)
        {
            long units = parameter.Shape.Rank < 2 ? 1 : parameter.Shape[0].Factor;
            return $"UnitwiseClipping.Apply({arena}, {layout.OffsetOf(parameter)}, {units}, {parameter.Count / units}, "
                + $"{bound}, {epsilon});  // {parameter.Name} {parameter.Shape}";
        }
    }
}
