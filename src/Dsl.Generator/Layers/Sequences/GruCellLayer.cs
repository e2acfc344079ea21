using System;
using System.Globalization;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class GruCellLayer : Layer<GruCellAttribute>
{
    protected override string Arguments(GruCellAttribute attribute) => $"\"{attribute.State}\"";

    protected override Value? Lower(GruCellAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 2) return context.FailRank(input, "[N, D]", "; [Flatten] makes a row of a sample");
        if (Tagged.Find(attribute.State, context, "state") is not { } state) return null;
        if (state.Shape.Rank != 2 || state.Shape[0] != input.Shape[0] || state.Type.Element != ElementType.Float)
        {
            return context.Fail(Catalogue.SizesDoNotFit, "state", context.Description, input.Shape.ToString(), context.Producer,
                $"\"{attribute.State}\" is {state.Type}, and a state is [N, H], a row of real numbers for each sample; write "
                + $"[Input(\"{attribute.State}\", 32)]");
        }

        Computation c = context.Computation;
        string name = context.Variable;
        long hidden = state.Shape[1].Factor, features = input.Shape[1].Factor;
        Value ofInput = c.Add(new Linear(), name + "OfInput", input, Parameter("weight_ih", features), Parameter("bias_ih"));
        Value ofState = c.Add(new Linear(), name + "OfState", state, Parameter("weight_hh", hidden), Parameter("bias_hh"));
        Value reset = c.Add(new Sigmoid(), name + "Reset", Sum(0, "Reset"));
        Value update = c.Add(new Sigmoid(), name + "Update", Sum(1, "Update"));
        Value remembered = c.Add(new Multiply(), name + "Remembered", reset, Block(ofState, 2, "CandidateOfState"));
        Value candidate = c.Add(new Tanh(), name + "Candidate",
            c.Add(new Add(), name + "CandidateSum", Block(ofInput, 2, "CandidateOfInput"), remembered));

        // h' = n + z∘(h − n)
        Value kept = c.Add(new Multiply(), name + "Kept", update, c.Add(new Subtract(), name + "Change", state, candidate));
        return c.Add(new Add(), name, candidate, kept);

        Value Sum(int block, string gate) => c.Add(new Add(), name + gate + "Sum",
            Block(ofInput, block, gate + "OfInput"), Block(ofState, block, gate + "OfState"));

        Value Block(Value all, int block, string what) => c.Add(new Slice(1, block * hidden, hidden), name + what, all);

        Value Parameter(string kind, params long[] columns) => context.Parameter(
            kind, columns.Length == 0 ? Shape.Of(3 * hidden) : Shape.Of(3 * hidden, columns[0]), new Initialization.Uniform(
                1 / Math.Sqrt(hidden), $"1/sqrt(hidden = {hidden.ToString(CultureInfo.InvariantCulture)})"));
    }
}
