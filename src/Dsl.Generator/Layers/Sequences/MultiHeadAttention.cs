using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Layers;

/// <summary>
/// Multi-head attention in products of whole batches of matrices, one for each sample and head. Queries, keys and values are
/// brought into that order by one copy each; scale and mask are applied to what is small or in place.
/// </summary>
/// <param name="context">Where parameters and operations are added.</param>
/// <param name="module">What stands before the parameters' names inside the layer: nothing, or <c>self_attn.</c>.</param>
/// <param name="name">The variable of the result.</param>
internal sealed class MultiHeadAttention(LayerContext context, string module, string name, int heads, double dropout, bool bias)
{
    /// <summary>Whether its weights stay as they are.</summary>
    public bool IsHeld { get; init; }

    /// <summary>What is added to the queries, keys or values of a sequence that attends to itself, [N, T, D], by their name and
    /// their first row in the weight; null, or where it gives null, for nothing.</summary>
    public Func<string, long, Value?>? Change { get; init; }

    /// <summary>Further keys and values before those of a sequence that attends to itself, [1, P, 2D]; null for none.</summary>
    public Value? Prefix { get; init; }

    private Computation Computation => context.Computation;

    /// <summary>Attention of a sequence [N, T, D] to itself.</summary>
    /// <param name="rotaryBase">Base of the rotary embedding's angles; null for none.</param>
    public Value ToItself(Value input, bool causal, double? rotaryBase = null)
    {
        long features = input.Shape[-1].Factor;
        Value weight = Parameter(
            module + "in_proj_weight", Shape.Of(3 * features, features), Initialization.Glorot(features, 3 * features));
        Value projected = Linear(input, weight, InputBias(features), "Projected");
        string[] names = ["Query", "Key", "Value"];
        var parts = Split(projected, names).Select((part, i) => Change?.Invoke(names[i], i * features) is not { } change ? part
            : Computation.Add(new Add(), name + names[i] + "Changed", part, Split(change, names[i] + "Change")[0])).ToList();
        var (query, key) = rotaryBase is { } angles ? (Turn(parts[0], angles, "Query"), Turn(parts[1], angles, "Key"))
            : (parts[0], parts[1]);
        if (Prefix is null) return Attend(input, input, query, key, parts[2], causal);
        Value prefix = Computation.Add(new RepeatForSamples(), name + "Prefixes", Prefix, input);
        return Attend(input, input, query, key, parts[2], causal, Split(prefix, "PrefixKey", "PrefixValue"));
    }

    /// <summary>Attention of a sequence [N, T, D] to another one [N, S, C].</summary>
    public Value To(Value memory, Value input)
    {
        long features = input.Shape[-1].Factor, others = memory.Shape[-1].Factor;
        string[] names = ["Query", "Key", "Value"];
        if (others == features)
        {
            Value weight = context.Parameter(
                module + "in_proj_weight", Shape.Of(3 * features, features), Initialization.Glorot(features, 3 * features));
            Value? shift = InputBias(features);
            Value query = Linear(input, Rows(weight, 0, 1)!, Rows(shift, 0, 1), "QueryProjected");
            Value pair = Linear(memory, Rows(weight, 1, 2)!, Rows(shift, 1, 2), "Projected");
            var parts = Split(pair, "Key", "Value");
            return Attend(input, memory, Split(query, "Query")[0], parts[0], parts[1], causal: false);
        }

        Value[] weights =
        [
            context.Parameter(module + "q_proj_weight", Shape.Of(features, features), Initialization.Glorot(features, features)),
            context.Parameter(module + "k_proj_weight", Shape.Of(features, others), Initialization.Glorot(others, features)),
            context.Parameter(module + "v_proj_weight", Shape.Of(features, others), Initialization.Glorot(others, features)),
        ];
        Value? shifts = InputBias(features);
        var projections = names.Select((part, i) =>
            Split(Linear(i == 0 ? input : memory, weights[i], Rows(shifts, i, 1), part + "Projected"), part)[0]).ToList();
        return Attend(input, memory, projections[0], projections[1], projections[2], causal: false);

        Value? Rows(Value? parameter, long start, long count) => parameter is null ? null
            : context.Rows(parameter, count == 2 ? "KeyValue" : names[(int)start], start * features, count * features);
    }

    /// <summary>softmax(q kᵀ/√d) v of queries [N·H, T, d], keys and values [N·H, S, d], and the map of the joined
    /// heads.</summary>
    /// <param name="prefix">Keys and values that stand before the others and that no mask hides; null for none.</param>
    private Value Attend(
        Value input, Value memory, Value query, Value key, Value value, bool causal, IReadOnlyList<Value>? prefix = null)
    {
        Dim length = input.Shape[1];
        long features = input.Shape[-1].Factor, size = features / heads;
        Value scaled = Computation.Add(new Scale(1 / Math.Sqrt(size)), name + "Scaled", query);
        Value scores = Computation.Add(
            new BatchedProduct(), name + "Scores", scaled, BatchedProduct.Transpose(Computation, key, name + "KeyT"));
        if (causal)
        {
            string places = length.Factor.ToString(CultureInfo.InvariantCulture);
            Value mask = context.Table(
                $"_causalMask{places}", Shape.Of(length, length), $"SequenceTables.CausalMask({places}, Arena.Values)");
            scores = Computation.Add(new Add(), name + "Masked", scores, mask);
        }

        var (ends, keyEnds) = (context.EndsOf(input), context.EndsOf(memory));
        if (keyEnds is { Dimension: 1 })
        {
            Value padding = Computation.Add(new KeyPadding(heads), name + "KeyPadding", keyEnds.Lengths, key);
            scores = Computation.Add(new Add(), name + "Kept", scores, padding);
        }

        if (prefix is not null)
        {
            Value before = Computation.Add(new BatchedProduct(), name + "PrefixScores", scaled,
                BatchedProduct.Transpose(Computation, prefix[0], name + "PrefixKeyT"));
            scores = Computation.Add(new Concatenate(2), name + "AllScores", before, scores);
            value = Computation.Add(new Concatenate(), name + "AllValues", prefix[1], value);
        }

        Value weights = context.Drop(Computation.Add(new Softmax(), name + "Weights", scores), dropout, name + "WeightsDropped");
        Value mixed = Computation.Add(new BatchedProduct(), name + "Mixed", weights, value);
        if (ends is null or { Dimension: 1 } && keyEnds is null or { Dimension: 1 }) context.WithEnds(mixed, ends);
        Value apart = Computation.Add(new Reshape(Shape.Of(input.Shape[0], heads, length, size)), name + "MixedHeads", mixed);
        Value ordered = Computation.Add(HeadsBehindPlaces, name + "MixedPlaces", apart);
        Value joined = Computation.Add(new Reshape(input.Shape), name + "Joined", ordered);
        var initialization = new Initialization.UniformFanIn(features);
        Value weight = Parameter(module + "out_proj.weight", Shape.Of(features, features), initialization);
        return bias
            ? Computation.Add(new Linear(), name, joined, weight,
                Parameter(module + "out_proj.bias", Shape.Of(features), new Initialization.Constant(0)))
            : Computation.Add(new Linear(), name, joined, weight);
    }

    /// <summary>[N, T, parts·D] as parts [N·H, T, d].</summary>
    private List<Value> Split(Value projected, params string[] names)
    {
        Dim batch = projected.Shape[0], length = projected.Shape[1];
        long size = projected.Shape[-1].Factor / names.Length / heads;
        IReadOnlyList<Value> parts;
        if (names.Length == 1)
        {
            parts = [Computation.Add(new Reshape(Shape.Of(batch, length, heads, size)), name + names[0] + "Part", projected)];
        }
        else
        {
            Value apart = Computation.Add(
                new Reshape(Shape.Of(batch, length, names.Length, heads, size)), name + "Parts", projected);
            parts = Computation.AddMany(new Unbind(2), [.. names.Select(part => name + part + "Part")], apart);
        }

        return parts.Select((part, i) => Computation.Add(new Reshape(Shape.Of(batch * heads, length, size)), name + names[i],
            Computation.Add(HeadsBehindPlaces, name + names[i] + "Heads", part))).ToList();
    }

    /// <summary>Features i and i + d/2 of place p turned by p·b^(−2i/d): x·cos + (the other of the pair)·(∓sin).</summary>
    private Value Turn(Value part, double rotaryBase, string which)
    {
        long length = part.Shape[1].Factor, size = part.Shape[2].Factor;
        string arguments = $"({Spelling.Join(length, size)}, {Scalar.Literal(rotaryBase)}, Arena.Values)";
        Value cosine = Table("_rotaryCosine", "SequenceTables.RotaryCosine"),
        sine = Table("_rotarySine", "SequenceTables.RotarySine");
        Value other = Computation.Add(new Roll(size / 2), name + which + "Other", part);
        Value sines = Computation.Add(new Multiply(), name + which + "Sines", other, sine);
        return Computation.Add(
            new Add(), name + which + "Turned", Computation.Add(new Multiply(), name + which + "Cosines", part, cosine), sines);

        Value Table(string field, string function) =>
            context.Table(Attended.Field(field, length, size, rotaryBase), Shape.Of(length, size), function + arguments);
    }

    private Value? InputBias(long features) =>
        bias ? Parameter(module + "in_proj_bias", Shape.Of(3 * features), new Initialization.Constant(0)) : null;

    private Value Parameter(string parameter, Shape shape, Initialization initialization) => IsHeld
        ? context.FrozenParameter(parameter, shape, initialization) : context.Parameter(parameter, shape, initialization);

    private Value Linear(Value input, Value weight, Value? shift, string which) =>
        Computation.Add(new Linear(), name + which, shift is null ? [input, weight] : [input, weight, shift]);

    private static Permute HeadsBehindPlaces => new(new EquatableArray<long>([0, 2, 1, 3]));
}
