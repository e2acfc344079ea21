using System.Collections.Generic;
using System.Linq;

namespace Dsl.Generator.Graph.Operations;

/// <summary>
/// One direction of a recurrent layer over a whole sequence, from zero states. Inputs: x [T, N, D], the inputs' weight [G·H, D],
/// the states' weight [G·H, H] and, optionally, biases [G·H]. Results: the states [T, N, H], in the order of the sequence, and
/// what the way back through time needs besides.
/// </summary>
/// <param name="Kernel">The class of the runtime that holds the recurrence and its transpose.</param>
/// <param name="Gates">The number G of sums in a step.</param>
/// <param name="Reverse">Whether it runs from the last element to the first.</param>
internal abstract record Recurrence(string Kernel, int Gates, bool Reverse) : Operation
{
    /// <summary>Whether its last input are the lengths of the sequences, [N]: it stops where the longest of them ends, and what
    /// follows is zeros. Never in reverse.</summary>
    public bool StopsEarly { get; init; }

    /// <summary>Where the states that it starts from, and leaves behind, are among those that the network carries; null where it
    /// starts from zeros. Never in reverse. Results then are the states [T, N, H], and behind them what the way back needs of T +
    /// 1 steps, the first of which is the state that was given: all states, then the others.</summary>
    public int? Slot { get; init; }

    /// <summary>How many states it carries.</summary>
    public virtual int Carried => 1;

    // What is carried is written.
    public override bool IsPure => Slot is null;

    /// <summary>The results' names, the states first.</summary>
    public abstract string[] ResultNames(string name);

    /// <summary>The settings that follow the inputs in a call.</summary>
    public virtual string Settings => Spelling.Bool(Reverse);

    /// <summary>Those that follow the states that are carried.</summary>
    public virtual string CarriedSettings => "";

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0], states = node.Output;
        var sums = Back(context, node, gradients[0]!);
        Value ofInput = Linear.Rows(context, sums[0]);
        AddProduct(node.Inputs[1], ofInput, Linear.Rows(context, x));

        // The state that a step started from is that of its neighbour: one matrix product over all steps but the first.
        // Where one was given, that is so of the first step, too.
        long others = states.Shape[0].Factor - 1;
        Value last = sums[sums.Count - 1];
        Value later = Slot is not null ? last : context.Add(new Narrow(Reverse ? 0 : 1, others, 0), last, last);
        Value before = Slot is not null ? context.Add(new Narrow(0, others + 1, 0), node.Outputs[1], node.Outputs[1])
            : context.Add(new Narrow(Reverse ? 1 : 0, others, 0), states, states);
        AddProduct(node.Inputs[2], Linear.Rows(context, later), Linear.Rows(context, before));

        // Of two biases each belongs to a sum of its own.
        var biases = node.Inputs.Skip(3).Take(node.Inputs.Count - 3 - Lengths(node).Length).ToList();
        for (int i = 0; i < biases.Count; i++)
        {
            if (context.Wants(biases[i]))
                context.Accumulate(
                    biases[i], context.Add(new Sum(0), biases[i], i == 0 ? ofInput : Linear.Rows(context, sums[i])));
        }

        if (context.Wants(x))
            context.Accumulate(
                x, context.Add(new Reshape(x.Shape), x, context.Add(new MatrixProduct(), x, ofInput, node.Inputs[1])));

        void AddProduct(Value weight, Value gradient, Value factor)
        {
            if (!context.Wants(weight)) return;
            Value transposed = context.Computation.Add(new Transpose(), gradient.Hint + "T", gradient);
            context.Accumulate(weight, context.Add(new MatrixProduct(), weight, transposed, factor));
        }
    }

    public override string Explicit(Spelling spelling) =>
        $"{Kernel}.{(Slot is null ? "Forward" : "Continue")}({Arguments(spelling)})";

    public override string Autograd(Spelling spelling) => $"{Kernel}.Apply({Arguments(spelling)})";

    public override IReadOnlyList<string> Onnx(Spelling spelling)
    {
        int given = spelling.Count - (StopsEarly ? 1 : 0);
        var values = Enumerable.Range(0, 3 + Biases).Select(input => input < given ? spelling[input] : "null");
        string length = StopsEarly ? $", {spelling[given]}, {Spelling.Join(spelling.Node.Output.Shape[0].Factor)}" : "";
        return [$"onnx.{Kernel.Replace("Recurrence", "")}({string.Join(", ", values)}, {Settings}{length})"];
    }

    public override long Flops(Node node)
    {
        long sums = Gates * node.Output.Shape.ElementsPerSample;
        return 2 * sums * (node.Inputs[0].Shape[2].Factor + node.Output.Shape[2].Factor)
            + sums * (node.Inputs.Count - 3 - Lengths(node).Length)
            + Pointwise * node.Output.Shape.ElementsPerSample;
    }

    /// <summary>Operations for one element of one state besides the sums.</summary>
    protected abstract int Pointwise { get; }

    /// <summary>The number of biases, given or not.</summary>
    protected virtual int Biases => 1;

    /// <summary>Adds the gradients [T, N, G·H] of the sums: that of the inputs' first, that of the states' last.</summary>
    protected abstract IReadOnlyList<Value> Back(GradientContext context, Node node, Value gradient);

    /// <summary>The lengths where it stops early; else none.</summary>
    protected Value[] Lengths(Node node) => StopsEarly ? [node.Inputs[node.Inputs.Count - 1]] : [];

    private string Arguments(Spelling spelling)
    {
        int given = spelling.Count - (StopsEarly ? 1 : 0);
        var values = Enumerable.Range(0, 3 + Biases).Select(input => input < given ? spelling[input] : "null");
        string inputs = string.Join(", ", values);
        if (Slot is { } slot) return $"{inputs}, CarriedStates, {Spelling.Join(slot)}{CarriedSettings}";
        return $"{inputs}, {Settings}{(StopsEarly ? $", {spelling[given]}" : "")}";
    }

    /// <summary>What the way back needs of all steps: with the state that was given in front.</summary>
    protected static TensorType WithFirst(TensorType steps) =>
        steps with { Shape = steps.Shape.With(0, steps.Shape[0].Factor + 1) };
}

/// <summary>A simple recurrent network: h' = tanh(W x + U h + b), or with max(0, ·).</summary>
internal sealed record RnnRecurrence(bool Rectified, bool Reverse) : Recurrence("RnnRecurrence", 1, Reverse)
{
    public override string Settings => $"{Spelling.Bool(Reverse)}, {Spelling.Bool(Rectified)}";

    public override string CarriedSettings => $", {Spelling.Bool(Rectified)}";

    protected override int Pointwise => 1;

    public override string[] ResultNames(string name) =>
        Slot is null ? [name + "States"] : [name + "States", name + "AllStates"];

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var states = new TensorType(inputs[0].Shape.With(2, inputs[2].Shape[1]));
        return Slot is null ? [states] : [states, WithFirst(states)];
    }

    protected override IReadOnlyList<Value> Back(GradientContext context, Node node, Value gradient) =>
        [context.Add(new RecurrenceBackward(this), node.Output,
            [gradient, node.Inputs[2], node.Outputs[node.Outputs.Count - 1], .. Lengths(node)])];
}

/// <summary>A long short-term memory. Further results: the gates [T, N, 4H], the cells and their tanh [T, N, H].</summary>
internal sealed record LstmRecurrence(bool Reverse) : Recurrence("LstmRecurrence", 4, Reverse)
{
    // Four gates, a tanh and what joins them.
    protected override int Pointwise => 9;

    public override int Carried => 2;

    public override string[] ResultNames(string name) => Slot is null
        ? [name + "States", name + "Gates", name + "Cells", name + "Squashed"]
        : [name + "States", name + "AllStates", name + "Gates", name + "Cells", name + "Squashed"];

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var states = new TensorType(inputs[0].Shape.With(2, inputs[2].Shape[1]));
        var gates = new TensorType(inputs[0].Shape.With(2, inputs[2].Shape[0]));
        if (Slot is null) return [states, gates, states, states];
        return [states, WithFirst(states), WithFirst(gates), WithFirst(states), WithFirst(states)];
    }

    protected override IReadOnlyList<Value> Back(GradientContext context, Node node, Value gradient)
    {
        int gates = Slot is null ? 1 : 2;
        return [context.Add(new RecurrenceBackward(this), node.Outputs[gates], [gradient, node.Inputs[2],
            node.Outputs[gates], node.Outputs[gates + 1], node.Outputs[gates + 2], .. Lengths(node)])];
    }
}

/// <summary>Gated recurrent units. Further results: the gates [T, N, 3H] and U h + d of the block n [T, N, H].</summary>
internal sealed record GruRecurrence(bool Reverse) : Recurrence("GruRecurrence", 3, Reverse)
{
    // Three gates and what joins them.
    protected override int Pointwise => 8;

    protected override int Biases => 2;

    public override string[] ResultNames(string name) => Slot is null
        ? [name + "States", name + "Gates", name + "Memory"]
        : [name + "States", name + "AllStates", name + "Gates", name + "Memory"];

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var states = new TensorType(inputs[0].Shape.With(2, inputs[2].Shape[1]));
        var gates = new TensorType(inputs[0].Shape.With(2, inputs[2].Shape[0]));
        return Slot is null ? [states, gates, states] : [states, WithFirst(states), WithFirst(gates), WithFirst(states)];
    }

    protected override IReadOnlyList<Value> Back(GradientContext context, Node node, Value gradient)
    {
        int all = Slot is null ? 0 : 1;
        string name = GradientContext.Name(node.Outputs[all + 1]);
        return context.Computation.AddMany(new RecurrenceBackward(this), [name + "OfInput", name + "OfState"],
            [gradient, node.Inputs[2], node.Outputs[all], node.Outputs[all + 1], node.Outputs[all + 2], .. Lengths(node)]);
    }
}

/// <summary>
/// Gradients of the sums [T, N, G·H], through time. Inputs: gradient of the states, the states' weight, and what the forward
/// pass kept; the third is as wide as the states, or it is the gates.
/// </summary>
internal sealed record RecurrenceBackward(Recurrence Forward) : BackwardOperation
{
    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var sums = new TensorType(inputs[0].Shape.With(2, inputs[1].Shape[0]));
        return Forward is GruRecurrence ? [sums, sums] : [sums];
    }

    public override string Explicit(Spelling spelling)
    {
        int given = spelling.Count - (Forward.StopsEarly ? 1 : 0);
        if (Forward.Slot is not null)
        {
            string inputs = string.Join(", ", Enumerable.Range(0, given).Select(input => spelling[input]));
            return $"{Forward.Kernel}.ContinueBackward({inputs}{Forward.CarriedSettings})";
        }

        return $"{Forward.Kernel}.Backward({string.Join(", ", Enumerable.Range(0, given).Select(input => spelling[input]))}, "
            + $"{Forward.Settings}{(Forward.StopsEarly ? $", {spelling[given]}" : "")})";
    }
}
