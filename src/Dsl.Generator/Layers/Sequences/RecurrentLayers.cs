using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Fixes;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

internal sealed class RnnLayer : RecurrentLayer<RnnAttribute>
{
    protected override string Arguments(RnnAttribute attribute) =>
        base.Arguments(attribute) + (attribute.Nonlinearity == RnnNonlinearity.ReLU ? ", ReLU" : "");

    protected override Recurrence Recurrence(RnnAttribute attribute, bool reverse) =>
        new RnnRecurrence(attribute.Nonlinearity == RnnNonlinearity.ReLU, reverse);
}

internal sealed class LstmLayer : RecurrentLayer<LstmAttribute>
{
    protected override Recurrence Recurrence(LstmAttribute attribute, bool reverse) => new LstmRecurrence(reverse);
}

internal sealed class GruLayer : RecurrentLayer<GruAttribute>
{
    protected override Recurrence Recurrence(GruAttribute attribute, bool reverse) => new GruRecurrence(reverse);

    // One of the two stands inside of the reset gate.
    protected override IEnumerable<Value> Biases(Value ofInput, Value ofState, string name, Computation computation) =>
        [ofInput, ofState];
}

/// <summary>Layers and directions of recurrences. Inside, a sequence is [T, N, ...]: what belongs to a step lies
/// together.</summary>
internal abstract class RecurrentLayer<TAttribute> : Layer<TAttribute>
    where TAttribute : RecurrentAttribute
{
    private static readonly EquatableArray<long> BatchAndTime = new([1L, 0L, 2L]);

    protected override string Arguments(TAttribute attribute) =>
        attribute.Hidden.ToString(CultureInfo.InvariantCulture)
        + (attribute.Layers > 1 ? $", Layers = {attribute.Layers}" : "")
        + (attribute.Bidirectional ? ", Bidirectional" : attribute.Reversed ? ", reversed" : "")
        + (attribute.States == States.Last ? ", last" : "");

    protected override bool TellsPlaces(TAttribute attribute) => true;

    protected override bool SeesLater(TAttribute attribute) => attribute.Bidirectional || attribute.Reversed;

    /// <summary>One direction of one layer.</summary>
    protected abstract Recurrence Recurrence(TAttribute attribute, bool reverse);

    /// <summary>The biases as the recurrence takes them: two that are only ever added are one.</summary>
    protected virtual IEnumerable<Value> Biases(Value ofInput, Value ofState, string name, Computation computation) =>
        [computation.Add(new Add(), name + "Bias", ofInput, ofState)];

    protected override Value? Lower(TAttribute attribute, Value input, LayerContext context)
    {
        if (!Fits(attribute, input, context)) return null;
        Computation c = context.Computation;
        string variable = context.Variable;

        // With places in another dimension padding would reach every state, which is told of the result.
        Value? lengths = context.EndsOf(input) is { Dimension: 1 } ends ? ends.Lengths : null;
        if (context.CarriesStates && NoCarrying(attribute, lengths, context) is { } obstacle)
        {
            context.Fail(Catalogue.StatesNotCarried, null, context.Description, obstacle);
            return null;
        }

        Value sequence = c.Add(new Contiguous(), variable + "Input", c.Add(new Permute(BatchAndTime), variable + "Steps", input));
        for (int layer = 0; layer < attribute.Layers; layer++)
        {
            bool isTop = layer == attribute.Layers - 1, isLast = isTop && attribute.States == States.Last;
            string name = attribute.Layers == 1 ? variable : $"{variable}L{layer}";
            var directions = new List<Value>();
            foreach (bool reverse in attribute.Bidirectional ? new[] { false, true } : [attribute.Reversed])
            {
                string side = !attribute.Bidirectional ? "" : reverse ? "Reverse" : "Forward";
                bool mirrors = reverse && lengths is not null;
                Value read = mirrors ? c.Add(new ReverseToEnds(), name + side + "Input", sequence, lengths!) : sequence;
                Value states = Direction(attribute, read, lengths, layer, reverse, name + side, context);
                long end = reverse ? 0 : states.Shape[0].Factor - 1;
                directions.Add(isLast && lengths is not null ? c.Add(new LastOfEach(0), name + side + "Last", states, lengths)
                    : isLast ? c.Add(new Select(end), name + side + "Last", states)
                    : mirrors ? c.Add(new ReverseToEnds(), name + side + "Ordered", states, lengths!)
                    : states);
            }

            sequence = directions.Count == 1 ? directions[0]
                : c.Add(new Concatenate(isLast ? 1 : 2), name + (isLast ? "Last" : "States"), [.. directions]);
            if (!isTop && attribute.Dropout > 0)
                sequence = c.AddMany(
                    new Graph.Operations.Dropout(attribute.Dropout), [name + "Dropped", name + "Mask"], sequence)[0];
        }

        return attribute.States == States.Last ? sequence : c.Add(new Permute(BatchAndTime), variable, sequence);
    }

    // With lengths, what is read in reverse comes in the opposite order already.
    private Value Direction(TAttribute attribute, Value sequence, Value? lengths, int layer, bool reverse, string name,
        LayerContext context)
    {
        var recurrence = Recurrence(attribute, reverse && lengths is null) with { StopsEarly = lengths is not null };
        if (context.CarriesStates)
            recurrence = recurrence with { Slot = context.CarriedSlot(recurrence.Carried, attribute.Hidden) };
        Value[] ends = lengths is null ? [] : [lengths];
        long hidden = attribute.Hidden, rows = recurrence.Gates * hidden;
        string suffix = reverse && attribute.Bidirectional ? "_reverse" : "";
        Value inputWeight = Parameter("weight_ih", rows, sequence.Shape[2].Factor),
        stateWeight = Parameter("weight_hh", rows, hidden);
        IEnumerable<Value> biases = attribute.Bias
            ? Biases(Parameter("bias_ih", rows), Parameter("bias_hh", rows), name, context.Computation)
            : [];
        return context.Computation.AddMany(
            recurrence, recurrence.ResultNames(name), [sequence, inputWeight, stateWeight, .. biases, .. ends])[0];

        // All of them from U(±1/√H), whatever they are multiplied with.
        Value Parameter(string kind, params long[] sizes) => context.Parameter(
            $"{kind}_l{layer}{suffix}", Shape.Of([.. sizes.Select(size => (Dim)size)]),
            new Initialization.Uniform(
                1 / Math.Sqrt(hidden), $"1/sqrt(hidden = {hidden.ToString(CultureInfo.InvariantCulture)})"));
    }

    private static string? NoCarrying(TAttribute attribute, Value? lengths, LayerContext context) =>
        attribute.Bidirectional || attribute.Reversed ? "its backward direction begins at the end of a sequence, which comes last"
        : lengths is not null ? "its sequences end early, and what follows on one is no longer told"
        : context.IsInBlock ? "it stands in a block"
        : null;

    private static bool Fits(TAttribute attribute, Value input, LayerContext context)
    {
        if (input.Shape.Rank != 3)
        {
            context.FailRank(input, "[N, T, D]", input.Shape.Rank == 4
                ? "; [Reshape(T, D)] and [Permute(2, 1)] make a sequence of an image's rows or columns"
                : "; [Reshape(T, D)] cuts a row into T steps");
            return false;
        }

        if (attribute.Dropout > 0 && attribute.Layers == 1)
        {
            string dropout = $"Dropout({Scalar.Literal(attribute.Dropout)})";
            Fix?[] fixes =
            [
                context.Declared.Set(nameof(attribute.Layers), 2),
                Fix.All($"Write [{context.Declared.Name}, {dropout}]",
                    context.Declared.Remove(nameof(attribute.Dropout)), Fix.Add(dropout, context.Declared.Site)),
            ];
            context.Fail(Catalogue.NothingBetweenLayers, nameof(attribute.Dropout), fixes, Scalar.Literal(attribute.Dropout),
                context.Description,
                context.Description);
            return false;
        }

        if (attribute.Bidirectional && attribute.Reversed)
        {
            context.Fail(Catalogue.DirectionTwice, nameof(attribute.Reversed),
                [context.Declared.Remove(nameof(attribute.Reversed)), context.Declared.Remove(nameof(attribute.Bidirectional))],
                context.Description);
            return false;
        }

        if (input.Shape[1].Factor > 1) return true;
        context.Fail(Catalogue.OneStep, null, context.Description, input.Shape.ToString(), context.Producer, "weight_hh");
        return false;
    }
}
