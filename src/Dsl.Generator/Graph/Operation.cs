using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Dsl.Generator.Graph;

/// <summary>
/// An operation of the IR with its attributes as members: its shape rule, its derivative in terms of other operations, and
/// its spelling in each target stand in one place. Two operations with equal attributes are equal.
/// </summary>
internal abstract record Operation
{
    /// <summary>Whether the result shares the memory of the first input.</summary>
    public virtual bool IsView => false;

    /// <summary>Of a view, whether the explicit target makes it by <c>Aten</c>, so that a step's memory knows it.</summary>
    public virtual bool IsKnownView => false;

    /// <summary>Whether several elements of the result are one in memory, so that nothing may be written over it.</summary>
    public virtual bool IsRepeated => false;

    /// <summary>Whether the operation is there for what it changes, not (only) for its result.</summary>
    public virtual bool HasEffect => false;

    /// <summary>Whether running it twice gives the same result, so that two equal nodes can be one.</summary>
    public virtual bool IsPure => true;

    /// <summary>Whether the value stands outside the computation: an input, a parameter, a draw. Nothing is emitted for
    /// it.</summary>
    public virtual bool IsLeaf => false;

    /// <summary>Whether a gradient passes through; of integers and of what is meant to be constant none does.</summary>
    public virtual bool CarriesGradient => true;

    /// <summary>Whether it draws a mask from the model's <c>DropoutStream</c>.</summary>
    public virtual bool ReadsDropoutStream => false;

    /// <summary>The symbols whose sizes the spelling reads from locals.</summary>
    public virtual IEnumerable<string> Symbols => [];

    /// <summary>Whether the autograd spelling gives every result, as a tuple, and not the first alone.</summary>
    public virtual bool AutogradGivesAll => false;

    /// <summary>Whether a gradient can come to any of several results; for others the first one's decides.</summary>
    public virtual bool DifferentiatesAnyResult => false;

    /// <summary>The results' shapes and element types.</summary>
    public abstract IReadOnlyList<TensorType> Infer(IReadOnlyList<Value> inputs);

    /// <summary>
    /// Adds the operations that carry a gradient from the results to the inputs.
    /// </summary>
    /// <param name="context">Where to add them, and which inputs want a gradient.</param>
    /// <param name="node">The node to differentiate.</param>
    /// <param name="gradients">Gradient of each result; null where none flows.</param>
    public virtual void Differentiate(GradientContext context, Node node, IReadOnlyList<Value?> gradients) =>
        throw new NotSupportedException($"{GetType().Name} has no derivative");

    /// <summary>The operation in the explicit target: TorchSharp's API too, or <c>Aten</c> where that lacks it or is
    /// slower.</summary>
    public virtual string Explicit(Spelling spelling) => Autograd(spelling);

    /// <summary>The operation in the autograd target: a C# expression in TorchSharp's API, for the first result alone.</summary>
    public abstract string Autograd(Spelling spelling);

    /// <summary>
    /// The results in evaluation mode, as expressions over the graph of ONNX that is written, from the first on as far as
    /// anything but a derivative reads them; none where ONNX cannot say the operation.
    /// </summary>
    public virtual IReadOnlyList<string> Onnx(Spelling spelling) => [];

    /// <summary>What becomes of one element of each input, of one shape or without dimensions; null where the result is not made
    /// element by element.</summary>
    public virtual string? Element(ElementSpelling spelling) => null;

    /// <summary>The same operation with other numbers in place of those that it takes beside tensors.</summary>
    public virtual Operation WithNumbers(Func<Scalar, Scalar> replace) => this;

    /// <summary>An expression that writes the result over the first input and returns that; null when there is none.</summary>
    public virtual string? ExplicitInPlace(Spelling spelling) => null;

    /// <summary>The left-hand side of the explicit spelling: one variable, or as many as the aten operation has
    /// results.</summary>
    public virtual string Results(IReadOnlyList<string> targets) =>
        targets.Count == 1 ? targets[0] : $"({string.Join(", ", targets)})";

    /// <summary>A result that nobody takes. With its type it is a discard wherever it stands; alone it would be a name, and might
    /// be one of the user's.</summary>
    protected const string Discard = "Tensor _";

    /// <summary>Floating-point operations for one sample; a multiply-add counts as two.</summary>
    public virtual long Flops(Node node) => 0;

    protected static IReadOnlyList<TensorType> Same(Value input) => [input.Type];
}

/// <summary>An operation that only derivatives add; the autograd target, which derives at run time, never spells it.</summary>
internal abstract record BackwardOperation : Operation
{
    public abstract override string Explicit(Spelling spelling);

    public sealed override string Autograd(Spelling spelling) =>
        throw new InvalidOperationException($"{GetType().Name} belongs to the explicit target");
}

/// <summary>The names that a target gives to the inputs of a node.</summary>
internal sealed class Spelling(Node node, Func<Value, string> name)
{
    public Node Node { get; } = node;

    public int Count => Node.Inputs.Count;

    public string this[int input] => name(Node.Inputs[input]);

    /// <summary>All inputs, as arguments of a call.</summary>
    public string All => string.Join(", ", Node.Inputs.Select(name));

    /// <summary>The input's name, or <c>null</c> when the node has no such input.</summary>
    public string OrNull(int input) => input < Count ? this[input] : "null";

    /// <summary>A node of ONNX with the same inputs.</summary>
    public string Onnx(string type) => Onnx(type, Count);

    /// <summary>A node of ONNX with the first inputs.</summary>
    public string Onnx(string type, int inputs) =>
        OnnxNode(type, [.. Enumerable.Range(0, inputs).Select(input => this[input])]);

    /// <summary>A node of ONNX.</summary>
    public static string OnnxNode(string type, params string[] inputs) =>
        $"onnx.Node({string.Join(", ", inputs.Prepend($"\"{type}\""))})";

    /// <summary>One element of a dimension, without it, in ONNX.</summary>
    public static string OnnxElement(string value, int dimension, long index) =>
        $"{OnnxNode("Gather", value, $"onnx.Index({Join(index)})")}.With(\"axis\", {Join(dimension)})";

    /// <summary>A number beside tensors, in ONNX.</summary>
    public static string OnnxNumber(Scalar number) => $"onnx.Number({number.Code})";

    /// <summary>Sizes or places, in ONNX.</summary>
    public static string OnnxList(params long[] items) => $"onnx.List({Join(items)})";

    /// <summary>An attribute of single precision.</summary>
    public static string Single(double value) => double.IsInfinity(value)
        ? value > 0 ? "float.PositiveInfinity" : "float.NegativeInfinity" : Scalar.Literal(value) + "f";

    public static string Bool(bool value) => value ? "true" : "false";

    public static string List(params long[] items) => $"[{Join(items)}]";

    public static string Array(params long[] items) => $"new long[] {{ {Join(items)} }}";

    /// <summary>Integers with the minus sign that C# reads, whatever the culture's.</summary>
    public static string Join(params long[] items) =>
        string.Join(", ", items.Select(item => item.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>Where derivatives are added.</summary>
internal sealed class GradientContext(
    Computation computation, Func<Value, bool> wanted, Action<Value, Value> accumulate, Func<string, bool> learns)
{
    public Computation Computation { get; } = computation;

    /// <summary>Whether any parameter or wanted input is reached through the value.</summary>
    public bool Wants(Value value) => wanted(value);

    /// <summary>Whether the gradients of a network's parameters are wanted.</summary>
    public bool Learns(string network) => learns(network);

    /// <summary>Adds to the gradient of a value.</summary>
    public void Accumulate(Value value, Value gradient) => accumulate(value, gradient);

    /// <summary>Adds an operation, named as a gradient of <paramref name="of"/>.</summary>
    public Value Add(Operation operation, Value of, params Value[] inputs) => Computation.Add(operation, Name(of), inputs);

    /// <summary>The name of a value's gradient: <c>dLinear1</c>.</summary>
    public static string Name(Value value) => "d" + char.ToUpperInvariant(value.Hint[0]) + value.Hint.Substring(1);
}
