using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>Means of what steps gave.</summary>
internal sealed partial class StepContext
{
    /// <summary>The moving mean of the rows that steps offered, zeros at first; part of a checkpoint.</summary>
    /// <param name="name">What it is called, in a checkpoint too.</param>
    /// <param name="width">Numbers of a row.</param>
    public StateNode MovingMean(string name, string summary, long width) => AddState(new StateNode(
        name, "_" + name, $"{summary}, [{width}]",
        $"new MovingMean({Spelling.Join(width)}, {trainer.Model.Arena}.Values.dtype, _device)")
    {
        Type = "MovingMean",
        Members = [(name, "Mean")],
        Row = Shape.Of(width),
        Waits = true,
        Start = $"_{name}.Start();",
    });

    /// <summary>The mean before the update, constant.</summary>
    public Value ReadMean(StateNode state) => Leaf(new Input($"{state.Field}.Mean", new TensorType(state.Row)), state.Name);

    /// <summary>Moves a mean towards rows when the update is made.</summary>
    /// <param name="decay">How much of the mean stays.</param>
    public void Offer(StateNode state, Value rows, Scalar decay) =>
        Computation.AddEffect(new StateCall(state.Field, "Offer", new EquatableArray<string>([decay.Code])), rows);
}
