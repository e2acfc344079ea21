using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>Parameters as values, in a descent that goes through autograd, and what is made of all of them.</summary>
internal sealed partial class StepContext
{
    /// <summary>The trained parameters of a network as one value, [P].</summary>
    public Value Parameters(Player player, string name) =>
        Computation.Add(new ParameterValues(player.Field, player.Network!.Layout.Trainable.Length), name);

    /// <summary>A network with a single output at other parameters than its own. It has no state beside them.</summary>
    public Value CallAt(Player player, Value parameters, Value input, string name) =>
        Computation.Add(new CallAt(player.Field, OutputTypes(player, input)[0]), name, parameters, input);

    /// <summary>A number that a state makes of all trained parameters of the model; either target has its gradient.</summary>
    public Value Penalty(StateNode state, string name) =>
        Computation.Add(new ParameterPenalty(Model.Field, state.Field), name);

    /// <summary>What a network has that a pass at other parameters cannot have, in a sentence; null for nothing.</summary>
    public static string? ObstacleAtOtherParameters(NetworkProgram network) =>
        network.IsOpaque ? "is not analysed by the compiler"
        : network.Computation.Nodes.Any(node => node.Operation is Buffer)
            ? "has running statistics, which would be those of no task"
        : network.HasDropout ? "has dropout"
        : network.Tables.Count > 0 ? "has tables, such as positions or masks"
        : null;

    /// <summary>What belongs to the row at hand, in a descent that takes rows one by one.</summary>
    public Value RowOf(Field field, string name) => Computation.Add(new RowAtHand(), name, Read(field));

    /// <summary>A value from outside of a procedure.</summary>
    public Value Argument(string name, TensorType type) => Leaf(new Input(name, type), name);
}
