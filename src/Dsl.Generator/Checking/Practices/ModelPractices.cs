using Dsl.Generator.Diagnostics;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Checking.Practices;

/// <summary>Warns of what the literature advises against in a model by itself: it compiles and trains, for less than it
/// costs.</summary>
internal static class ModelPractices
{
    public static void Check(NetworkProgram network, Findings findings)
    {
        RedundantBias.Check(network, findings);
        DropoutBeforeBatchNorm.Check(network, findings);
        LinearAfterLinear.Check(network, findings);
        LinearOnImage.Check(network, findings);
        AttentionWithoutPositions.Check(network, findings);
    }
}
