using Dsl.Generator.Diagnostics;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Practices;

/// <summary>
/// Self-attention treats its input as a set: without positions, every order of the tokens is the same to it (Vaswani et al. 2017,
/// section 3.5). A causal mask tells places apart (Haviv et al. 2022, arXiv 2203.16634); so do recurrences and windows that
/// overlap.
/// </summary>
internal static class AttentionWithoutPositions
{
    public static void Check(NetworkProgram network, Findings findings)
    {
        // A second input, or a method's body, can bring positions of its own.
        if (network.Inputs.Count > 1 || network.Methods.Count > 0) return;
        foreach (var layer in network.Layers)
        {
            if (layer.Declaration is not { } declared || layer.TellsPlaces) return;
            if (!layer.SeesLater || layer.Output.Rank != 3 || layer.Output[1] == 1L) continue;
            findings.Add(Catalogue.AttentionWithoutPositions, declared.Site, layer.Description, layer.Output[1].ToString())
                .Offer(Fix.Insert("PositionalEmbedding", declared.Site), Fix.Insert("SinusoidalEncoding", declared.Site));
            return;
        }
    }
}
