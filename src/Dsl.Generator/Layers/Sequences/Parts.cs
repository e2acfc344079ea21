using System;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

/// <summary>The parts that layers of sequences are made of, under PyTorch's names for them.</summary>
internal static class Parts
{
    /// <summary>A linear map of the last dimension with parameters of its own.</summary>
    /// <param name="module">Its name inside the layer: <c>linear1</c>.</param>
    public static Value Map(this LayerContext context, string module, Value input, long outputs, bool bias, string name)
    {
        long features = input.Shape[-1].Factor;
        var initialization = new Initialization.UniformFanIn(features);
        Value weight = context.Parameter(module + ".weight", Shape.Of(outputs, features), initialization);
        return bias
            ? context.Computation.Add(
                new Linear(), name, input, weight, context.Parameter(module + ".bias", Shape.Of(outputs), initialization))
            : context.Computation.Add(new Linear(), name, input, weight);
    }

    /// <summary>A layer normalisation of the last dimension.</summary>
    public static Value Normalize(this LayerContext context, string module, Value input, double epsilon, bool bias, string name)
    {
        Shape features = Shape.Of(input.Shape[-1]);
        Value weight = context.Parameter(module + ".weight", features, new Initialization.Constant(1));
        Value[] inputs = bias
            ? [input, weight, context.Parameter(module + ".bias", features, new Initialization.Constant(0))]
            : [input, weight];
        return context.Computation.AddMany(
            new LayerNormalization(1, epsilon), [name, name + "Mean", name + "InverseDeviation"], inputs)[0];
    }

    /// <summary>Dropout; the value itself where nothing is dropped.</summary>
    public static Value Drop(this LayerContext context, Value input, double probability, string name) => probability == 0
        ? input
        : context.Computation.AddMany(new Graph.Operations.Dropout(probability), [name, name + "Mask"], input)[0];

    /// <summary>Two linear maps with a function between them.</summary>
    /// <param name="name">The variable of the result.</param>
    public static Value FeedForward(
        this LayerContext context, Value input, int hidden, Dsl.Activation activation, double dropout, bool bias, string name)
    {
        Value inner = context.Map("linear1", input, hidden, bias, name + "Hidden");
        Value active = context.Computation.Add(Function(activation), name + "Active", inner);
        return context.Map("linear2", context.Drop(active, dropout, name + "ActiveDropped"), input.Shape[-1].Factor, bias, name);
    }

    private static Operation Function(Dsl.Activation activation) => activation switch
    {
        Dsl.Activation.ReLU => new ReLU(),
        Dsl.Activation.GELU => new GELU(Approximate: false),
        Dsl.Activation.GELUTanh => new GELU(Approximate: true),
        Dsl.Activation.SiLU => new SiLU(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation)),
    };
}
