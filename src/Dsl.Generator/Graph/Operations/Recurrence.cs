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

    /// <summary>The results' names, the states first.</summary>
    public abstract string[] ResultNames(string name);

    /// <summary>The settings that follow the inputs in a call.</summary>
    public virtual string Settings => Spelling.Bool(Reverse);

    public override void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients)
    {
        Value x = node.Inputs[0], states = node.Output;
        var sums = Back(context, node, gradients[0]!);
        Value ofInput = Linear.Rows(context, sums[0]);
        AddProduct(node.Inputs[1], ofInput, Linear.Rows(context, x));

        // The state that a step started from is that of its neighbour: one matrix product over all steps but the first.
        long others = states.Shape[0].Factor - 1;
        Value later = context.Add(new Narrow(Reverse ? 0 : 1, others, 0), sums[sums.Count - 1], sums[sums.Count - 1]);
        Value before = context.Add(new Narrow(Reverse ? 1 : 0, others, 0), states, states);
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

    public override string Explicit(Spelling spelling) => $"{Kernel}.Forward({Arguments(spelling)})";

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
        return $"{string.Join(", ", values)}, {Settings}{(StopsEarly ? $", {spelling[given]}" : "")}";
    }
}

/// <summary>A simple recurrent network: h' = tanh(W x + U h + b), or with max(0, ·).</summary>
internal sealed record RnnRecurrence(bool Rectified, bool Reverse) : Recurrence("RnnRecurrence", 1, Reverse)
{
    public override string Settings => $"{Spelling.Bool(Reverse)}, {Spelling.Bool(Rectified)}";

    protected override int Pointwise => 1;

    public override string[] ResultNames(string name) => [name + "States"];

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs) =>
        [new(inputs[0].Shape.With(2, inputs[2].Shape[1]))];

    protected override IReadOnlyList<Value> Back(GradientContext context, Node node, Value gradient) =>
        [context.Add(new RecurrenceBackward(this), node.Output, [gradient, node.Inputs[2], node.Output, .. Lengths(node)])];
}

/// <summary>A long short-term memory. Further results: the gates [T, N, 4H], the cells and their tanh [T, N, H].</summary>
internal sealed record LstmRecurrence(bool Reverse) : Recurrence("LstmRecurrence", 4, Reverse)
{
    // Four gates, a tanh and what joins them.
    protected override int Pointwise => 9;

    public override string[] ResultNames(string name) => [name + "States", name + "Gates", name + "Cells", name + "Squashed"];

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var states = new TensorType(inputs[0].Shape.With(2, inputs[2].Shape[1]));
        return [states, new(inputs[0].Shape.With(2, inputs[2].Shape[0])), states, states];
    }

    protected override IReadOnlyList<Value> Back(GradientContext context, Node node, Value gradient) =>
        [context.Add(new RecurrenceBackward(this), node.Outputs[1], [gradient, node.Inputs[2], node.Outputs[1], node.Outputs[2],
            node.Outputs[3], .. Lengths(node)])];
}

/// <summary>Gated recurrent units. Further results: the gates [T, N, 3H] and U h + d of the block n [T, N, H].</summary>
internal sealed record GruRecurrence(bool Reverse) : Recurrence("GruRecurrence", 3, Reverse)
{
    // Three gates and what joins them.
    protected override int Pointwise => 8;

    protected override int Biases => 2;

    public override string[] ResultNames(string name) => [name + "States", name + "Gates", name + "Memory"];

    public override IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs)
    {
        var states = new TensorType(inputs[0].Shape.With(2, inputs[2].Shape[1]));
        return [states, new(inputs[0].Shape.With(2, inputs[2].Shape[0])), states];
    }

    protected override IReadOnlyList<Value> Back(GradientContext context, Node node, Value gradient)
    {
        string name = GradientContext.Name(node.Outputs[1]);
        return context.Computation.AddMany(new RecurrenceBackward(this), [name + "OfInput", name + "OfState"],
            [gradient, node.Inputs[2], node.Output, node.Outputs[1], node.Outputs[2], .. Lengths(node)]);
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
        return $"{Forward.Kernel}.Backward({string.Join(", ", Enumerable.Range(0, given).Select(input => spelling[input]))}, "
            + $"{Forward.Settings}{(Forward.StopsEarly ? $", {spelling[given]}" : "")})";
    }
}
