using System.Linq;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Practices;

/// <summary>
/// A linear layer maps the last dimension, which of images [N, C, H, W] is the width. That is hardly ever meant, unless the
/// channels were moved there.
/// </summary>
internal static class LinearOnImage
{
    public static void Check(NetworkProgram network, Findings findings)
    {
        foreach (var linear in network.Computation.Nodes.Where(node =>
            node.Operation is Linear && node.Inputs[0].Shape.Rank == 4))
        {
            if (network.LayerOf(linear)?.Declaration is not { Attribute: LinearAttribute } declared
                || Source(linear.Inputs[0]) is not { } source)
                continue;
            string from = network.LayerOf(source)?.Description ?? "the model's input";
            findings.Add(Catalogue.LinearOnImage, declared.Site, network.LayerOf(linear)!.Description,
                linear.Inputs[0].Shape.ToString(), from)
                .Offer(Fix.Insert("Flatten", declared.Site));
        }
    }

    /// <summary>What the image comes from, through everything that keeps its layout; null where another layout is made.</summary>
    private static Node? Source(Value value) => value.Producer.Operation switch
    {
        Convolution or Input => value.Producer,
        Permute or Reshape or Linear or Unsqueeze or Squeeze => null,
        _ => value.Producer.Inputs.Count == 0 ? null : Source(value.Producer.Inputs[0]),
    };
}
