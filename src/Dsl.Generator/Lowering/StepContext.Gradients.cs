using System;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;

namespace Dsl.Generator.Lowering;

/// <summary>Gradients as values of a step.</summary>
internal sealed partial class StepContext
{
    /// <summary>A value by which something is going to be differentiated.</summary>
    public Value Watch(Value value, string name) => Computation.Add(new Watched(), name, value);

    /// <summary>
    /// The gradient of a number by a watched value, held constant. Backward operations are put in its place where the phase has
    /// such; networks add nothing to the gradients of their parameters.
    /// </summary>
    public Value Gradient(Value number, Value by, string name)
    {
        if (!phase.IsExplicit) return Computation.Add(new GradientBy(Again: false), name, number, by);
        Value? gradient = null;
        Value seed = Leaf(new Input(Input.One, new TensorType(Shape.Scalar)), "one");
        string? section = Computation.Section;
        Differentiate.Run(Computation, [(number, seed)], value => value == by, (_, part) =>
            gradient = gradient is null ? part : Computation.Add(new Add(), name, gradient, part));
        Computation.Section = section;
        return Computation.Add(new StopGradient(), name, gradient
            ?? throw new InvalidOperationException($"{number} does not depend on {by}"));
    }

    /// <summary>The gradient of a number by a watched value, which a term depends on: only a phase of autograd has it.</summary>
    public Value GradientOfTerm(Value number, Value by, string name) => phase.IsExplicit
        ? throw new InvalidOperationException($"{number} is differentiated twice in a phase of backward operations")
        : Computation.Add(new GradientBy(Again: true), name, number, by);
}
