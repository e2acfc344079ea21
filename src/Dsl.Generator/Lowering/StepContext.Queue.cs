using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>Rows of earlier steps.</summary>
internal sealed partial class StepContext
{
    /// <summary>The last rows that steps offered, random directions at first; part of a checkpoint.</summary>
    /// <param name="name">What it is called, in a checkpoint too.</param>
    /// <param name="rows">How many it holds.</param>
    /// <param name="width">Numbers of a row.</param>
    public StateNode Queue(string name, string summary, long rows, long width)
    {
        var state = new StateNode(
            name, "_" + name, $"{summary}, [{rows}, {width}]",
            $"new RowQueue(\"{name}\", {Spelling.Join(rows, width)}, {trainer.Model.Arena}.Values.dtype, _device)")
        {
            Type = "RowQueue",
            Members = [(name, "Rows"), (name + ".next", "Next")],
            Row = Shape.Of(width),
            Waits = true,
            Start = $"_{name}.Start(Seed);",
        };
        return AddState(state);
    }

    /// <summary>The rows of a queue before the update, constant.</summary>
    public Value ReadQueue(StateNode queue, long rows) => Leaf(
        new Input($"{queue.Field}.Rows", new TensorType(Shape.Of(rows, queue.Row[0]))), queue.Name);

    /// <summary>Puts rows into a queue when the update is made.</summary>
    public void Offer(StateNode queue, Value rows) => Computation.AddEffect(new StateCall(queue.Field, "Offer"), rows);
}
