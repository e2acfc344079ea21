using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>Clusters of the data that the network is trained on.</summary>
internal sealed partial class StepContext
{
    /// <summary>A cluster for each sample, found at the start of epochs; part of a checkpoint.</summary>
    public StateNode Clusters(string name, string summary, int count)
    {
        var state = new StateNode(
            name, "_" + name, $"{summary}, [{Stream.Data.Symbol}_total]",
            $"new PseudoLabels({count}, {trainer.Model.Arena}.Values.dtype, _device)")
        {
            Type = "PseudoLabels",
            Members = [(name, "Clusters")],
            Rows = Stream.Data,
        };
        trainer.States.Add(state);
        return state;
    }
}
