using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Dsl.Generator.Augmentations;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>
/// Where techniques add their part of a phase of a step: what is read, drawn, computed and minimised. Asking for something, such
/// as a second stream, makes it part of the generated signatures.
/// </summary>
internal sealed partial class StepContext(TrainerProgram trainer, Phase phase)
{
    private IReadOnlyList<Value>? _inputs;
    private MixedBatch? _batch;
    private readonly Dictionary<string, IReadOnlyList<Value>> _kept = [];
    private Field? _label;

    public TrainerProgram Trainer => trainer;

    public Phase Phase => phase;

    public Computation Computation => phase.Computation;

    /// <summary>The network that the objectives are about.</summary>
    public Player Model => trainer.Model;

    /// <summary>Makes what the network sees of the batch's inputs; null where it sees them as they are.</summary>
    public Func<StepContext, IReadOnlyList<Value>, MixedBatch>? Mix { get; init; }

    /// <summary>What networks see of samples; null for the samples as the data have them.</summary>
    public Func<StepContext, Value, Value>? Sees { get; init; }

    /// <summary>The batch as the network sees it.</summary>
    public MixedBatch Batch => _batch ??= Mix?.Invoke(this, Inputs) ?? new MixedBatch(Inputs);

    /// <summary>The dimension that counts the classes: the second of images, the last of everything else.</summary>
    public static int ClassDimension(Shape logits) => logits.Rank == 4 ? 1 : logits.Rank - 1;

    /// <summary>The number of elements.</summary>
    public static Dim Elements(Shape shape) => shape.Dims.Aggregate((Dim)1L, (product, dim) => product * dim);

    /// <summary>The type of <see cref="ResultOf"/>, without a pass of the network.</summary>
    public TensorType TypeOf(string? name) =>
        (trainer.Network.FindResult(name ?? "") is { } port ? port : trainer.Network.Results[0]).Value.Type;

    private IReadOnlyList<Value> Inputs => _inputs ??= trainer.Network.Inputs
        .Select((input, i) => i == 0 ? View(Data, "Input") : Read(AddField(Further(input)))).ToList();

    /// <summary>Inputs of the data that the network is trained on.</summary>
    public Field Data => AddField(InputOf(Stream.Data, "Input", $"Inputs {InputType(Stream.Data.Symbol).Shape}"));

    /// <summary>Inputs of the data, which are numbers of an interval.</summary>
    /// <param name="remedy">What to do where they are not.</param>
    public Field DataWithin(double least, double most, string remedy) => AddField(
        InputOf(Stream.Data, "Input", $"Inputs {InputType(Stream.Data.Symbol).Shape}, of [{Written(least)}, {Written(most)}]")
            with { Requirement = Within("batch.Input", "nameof(batch.Input)", least, most, remedy, "StepCount == 0") });

    /// <summary>A statement that refuses numbers outside of an interval.</summary>
    /// <param name="part">What is held against it, in C#.</param>
    /// <param name="name">What errors call it, in C#.</param>
    /// <param name="waits">Whether the look may wait for a device, in C#.</param>
    public static string Within(string part, string name, double least, double most, string remedy, string waits) =>
        $"ModelInput.RequireWithin({name}, {part}, {Written(least)}, {Written(most)}, \"{remedy}\", {waits});";

    /// <summary>Samples of the data, parts of which go into the network.</summary>
    /// <param name="sample">The shape of a sample.</param>
    /// <param name="words">What a sample is, in a sentence.</param>
    public Field DataInParts(Shape sample, string words)
    {
        Shape shape = new(new([Stream.Data.Rows, .. sample.Dims]));
        return AddField(new Field(
            Stream.Data, "Input", trainer.Network.Input.Type with { Shape = shape }, $"{words} {shape}",
            $"{Stream.Data.Argument}.ReadInputs({Stream.Data.Indices})") { IsInParts = true });
    }

    /// <summary>Inputs without labels.</summary>
    public Field Unlabeled => AddField(InputOf(
        Stream.Unlabeled, "Unlabeled", $"Inputs without labels {InputType(Stream.Unlabeled.Symbol).Shape}"));

    /// <summary>Inputs of a few samples whose labels are right, as they are.</summary>
    public Value CleanInput => Read(AddField(InputOf(
        Stream.Clean, "CleanInput", $"Inputs whose labels are right {InputType(Stream.Clean.Symbol).Shape}")));

    /// <summary>Their labels, [C] int64; they are read behind their inputs.</summary>
    /// <param name="classes">How many classes they name.</param>
    public Value CleanLabel(int classes)
    {
        var type = new TensorType(Shape.Of(Stream.Clean.Rows), ElementType.Int64);
        return Read(AddField(new Field(Stream.Clean, "CleanLabel", type, $"Their labels {type.Shape}, int64",
            $"{Stream.Clean.Argument}.ReadLabels({Stream.Clean.Indices})") { Classes = classes, IsLabel = true }));
    }

    /// <summary>A stream as one network sees it: augmented independently, where the trainer augments.</summary>
    /// <param name="name">Who sees it; names the random numbers.</param>
    public Value View(Field field, string name) =>
        trainer.Policy is { } policy ? View(field, policy, name) : Read(field);

    /// <summary>A stream as one network sees it, by a policy of its own.</summary>
    /// <param name="name">Who sees it; names the random numbers.</param>
    public Value View(Field field, AugmentationDeclaration policy, string name)
    {
        if (PolicyView.FirstOfUnitRange(policy) is { } first && field.Requirement is null)
        {
            string remedy = $"[{first.Name}] of {policy.Type.Name} would cut others, so divide bytes by 255";
            int place = trainer.Fields.IndexOf(field);
            string given = $"batch.{field.Name}";
            trainer.Fields[place] = field = field with
            {
                Requirement = Within(given, $"nameof({given})", 0, 1, remedy, "StepCount == 0"),
            };
        }

        return View(Read(field), policy, name);
    }

    /// <summary>A view of images.</summary>
    public Value View(Value images, AugmentationDeclaration policy, string name)
    {
        string? section = Computation.Section;
        Computation.Section = $"{name} view: {policy.Type.Name}";
        Value view = PolicyView.Lower(policy, images, new ViewContext(Computation, images.Shape, name, Draw));
        Computation.Section = section;
        return view;
    }

    /// <summary>A network with a single output on a batch, in training mode; it is trained where the phase trains it.</summary>
    /// <param name="keepsStatistics">Whether its running statistics stay as they are.</param>
    public Value Call(Player player, Value input, string name, bool keepsStatistics = false) =>
        Call(player, [input], name, keepsStatistics);

    /// <summary>A network of several inputs and a single output on a batch.</summary>
    /// <param name="inputs">In the order in which the network declares them.</param>
    /// <inheritdoc cref="Call(Player, Value, string, bool)"/>
    public Value Call(Player player, IReadOnlyList<Value> inputs, string name, bool keepsStatistics = false)
    {
        var operation = new Call(player.Field, NewTape(player, inputs[0]).Field, OutputTypes(player, inputs[0]),
            KeepsStatistics: keepsStatistics && HasStatistics(player));
        return Computation.Add(operation, name, [.. inputs]);
    }

    /// <summary>A network of several inputs and outputs on a batch. The gradients of all inputs are there, of which the outputs
    /// must be functions.</summary>
    /// <param name="inputs">In the order in which the network declares them, all real numbers.</param>
    /// <param name="names">A name for each output.</param>
    public IReadOnlyList<Value> CallAll(Player player, IReadOnlyList<Value> inputs, IReadOnlyList<string> names) =>
        Computation.AddMany(
            new Call(player.Field, NewTape(player, inputs[0]).Field, OutputTypes(player, inputs[0])) { HasAllGradients = true },
            [.. names], [.. inputs]);

    /// <summary>A network with a single output on a batch, without a gradient.</summary>
    /// <param name="keepsStatistics">Whether its running statistics stay as they are.</param>
    public Value Ask(Player player, Value input, string name, bool keepsStatistics = false) =>
        Ask(player, [input], name, keepsStatistics);

    /// <summary>A network of several inputs and a single output on a batch, without a gradient.</summary>
    /// <param name="inputs">In the order in which the network declares them.</param>
    /// <inheritdoc cref="Ask(Player, Value, string, bool)"/>
    public Value Ask(Player player, IReadOnlyList<Value> inputs, string name, bool keepsStatistics = false) => Computation.Add(
        new Ask(player.Field, OutputTypes(player, inputs[0]), keepsStatistics && HasStatistics(player)), name, [.. inputs]);

    /// <summary>Keeps values of one stage of a technique for the next, under a name.</summary>
    public void Keep(string name, IReadOnlyList<Value> values) => _kept.Add(name, values);

    /// <summary>Values that were kept.</summary>
    public IReadOnlyList<Value> Kept(string name) => _kept[name];

    /// <summary>The labels of the batch as distributions, [N, K]; without a label a row of zeros.</summary>
    public Value OneHotLabels(string name)
    {
        TensorType logits = TypeOf(null);
        long classes = logits.Shape[1].Factor;
        Shape labels = logits.Shape.Without(1);
        Value label = ReadLabel(new TensorType(labels, ElementType.Int64), $"Labels {labels}, int64", (int)classes);
        return Computation.Add(new RuntimeFunction(
            "ClassLabels.OneHot", new(new[] { Spelling.Join(classes), $"{Model.Arena}.Values.dtype" }), logits.Shape), name,
                label);
    }

    /// <summary>Random numbers of the step, a member of the generated <c>Draws</c>.</summary>
    public Value Draw(DrawnNumbers draw)
    {
        if (trainer.Draws.All(known => known.Name != draw.Name)) trainer.Draws.Add(draw);
        return Leaf(new Draw($"draws.{draw.Name}", draw.Type), draw.Name);
    }

    /// <summary>Adds a term to what the phase minimises.</summary>
    public void AddTerm(Term term) => phase.Terms.Add(term);

    /// <summary>Numbers of the declaration as a tensor.</summary>
    public Value Constant(Constants constants)
    {
        if (trainer.Constants.All(known => known.Name != constants.Name)) trainer.Constants.Add(constants);
        return Leaf(new Input(constants.Member, new TensorType(Shape.Of(constants.Count))), constants.Name);
    }

    /// <summary>A property of an attribute as a settable property of the trainer, named after the technique.</summary>
    public Scalar Hyperparameter(Attribute attribute, string property) =>
        Hyperparameter(AttributeBinder.ShortName(attribute.GetType().Name), attribute, property);

    public Scalar Hyperparameter(string technique, Attribute attribute, string property) =>
        Hyperparameters.Add(trainer, attribute, property, technique + property);

    /// <summary>A weight that grows as exp(−5(1 − t/R)²) over the first R epochs or steps; the property itself where both
    /// are 0.</summary>
    public Scalar RampedUp(string technique, Attribute attribute, string property, int epochs, int steps, string summary)
    {
        Scalar weight = Hyperparameter(technique, attribute, property);
        if (epochs == 0 && steps == 0) return weight;
        string function = weight.Code + "At";
        AddFunction(new StepFunction(function, $"{summary}, ramped up as exp(−5(1 − t/R)²).",
        [
            $"long length = {RampLength(technique, attribute, steps)};",
            "double remaining = step < length ? 1 - step / (double)length : 0;",
            $"return {weight.Code} * Math.Exp(-5 * remaining * remaining);",
        ]));
        return new Scalar.AtStep(function);
    }

    /// <summary>A weight that grows evenly over the first R epochs or steps; the property itself where both are 0.</summary>
    public Scalar GrowsEvenly(string technique, Attribute attribute, string property, int epochs, int steps, string summary)
    {
        Scalar weight = Hyperparameter(technique, attribute, property);
        if (epochs == 0 && steps == 0) return weight;
        string function = weight.Code + "At";
        AddFunction(new StepFunction(function, $"{summary}, which grows evenly.",
        [
            $"long length = {RampLength(technique, attribute, steps)};",
            $"return step < length ? {weight.Code} * step / length : {weight.Code};",
        ]));
        return new Scalar.AtStep(function);
    }

    /// <summary>Adds a method of the trainer that gives a number for each step; one of its name is there once.</summary>
    public void AddFunction(StepFunction function)
    {
        if (trainer.StepFunctions.All(known => known.Name != function.Name)) trainer.StepFunctions.Add(function);
    }

    /// <summary>Adds a layer of the trainer's own.</summary>
    public void AddAdapter(FeatureAdapter adapter) => trainer.Adapters.Add(adapter);

    /// <summary>Adds what is read of each sample; it is there once.</summary>
    public Field AddField(Field field)
    {
        if (trainer.Fields.FirstOrDefault(known => known.Name == field.Name) is { } known) return known;
        trainer.Fields.Add(field);
        return field;
    }

    /// <summary>Asks something of a part of the batch beside its type; the part must have been asked for.</summary>
    /// <param name="field">The member of the generated <c>Batch</c>.</param>
    /// <param name="statement">A statement that refuses what does not fit.</param>
    public void Require(string field, string statement)
    {
        int place = trainer.Fields.FindIndex(known => known.Name == field);
        trainer.Fields[place] = trainer.Fields[place] with { Requirement = statement };
    }

    /// <summary>A part of the batch; samples as the trainer's networks see them.</summary>
    public Value Read(Field field)
    {
        Value read = Leaf(new Input(Input.Batch + field.Name, field.Type), field.Name);
        return Sees is { } sees && trainer.AreSamples(field) ? sees(this, read) : read;
    }

    /// <summary>The labels as the data have them.</summary>
    /// <param name="classes">How many classes they name; 0 for what is no class.</param>
    /// <param name="isComplete">Whether every sample must have one.</param>
    public Value ReadLabel(TensorType type, string summary, int classes, bool isComplete = false)
    {
        var label = new Field(Stream.Data, "Label", type, summary, "data.ReadLabels(indices)")
        {
            Classes = classes,
            IsLabel = true,
            IsComplete = isComplete,
        };
        if (_label is null) _label = AddField(label);
        else if (_label.Classes == 0 && classes > 0) trainer.Fields[trainer.Fields.IndexOf(_label)] = _label = label;
        return Read(_label);
    }

    /// <summary>What belongs to the samples that each one is mixed with.</summary>
    public Value PartnersOf(Value own, string name) => Computation.Add(new SelectRows(), name, own, Batch.Partners!);

    /// <summary>A number for mixed samples: λ times that of the own labels and 1 − λ times that of the partners'.</summary>
    public Value Mixed(Comparison compared, Func<Comparison, Value> number)
    {
        Value own = number(compared);
        if (compared.WithPartners is not { } partners) return own;
        Computation.Suffix = "OfPartner";
        Value other = number(partners);
        Computation.Suffix = "";
        return Computation.Add(
            new Lerp(), "mixed" + char.ToUpperInvariant(own.Hint[0]) + own.Hint.Substring(1), other, own, Batch.Share!);
    }

    /// <summary>−log softmax(z)[y] of each row, [M].</summary>
    /// <param name="logits">z, [M, K].</param>
    /// <param name="labels">y, [M] int64; a row of -100 has 0.</param>
    public Value CrossEntropies(string name, Value logits, Value labels) => Computation.AddMany(
        new NegativeLogLikelihood(Reduced.None), [name, name + "Weight"],
        Computation.Add(new LogSoftmax(), name + "LogProbabilities", logits), labels)[0];

    /// <summary>Every prediction of a sample as a row: positions of a sequence, pixels of an image.</summary>
    public Value Rows(Value logits)
    {
        Shape shape = logits.Shape;
        if (shape.Rank == 2) return logits;
        Value last = shape.Rank == 4
            ? Computation.Add(new Permute(new EquatableArray<long>([0L, 2L, 3L, 1L])), logits.Hint + "Last", logits)
            : logits;
        return Computation.Add(new Reshape(
            Shape.Of(Elements(shape.Without(ClassDimension(shape))), shape[ClassDimension(shape)])), logits.Hint + "Rows", last);
    }

    /// <summary>A value from outside the computation, which is there once.</summary>
    private Value Leaf(Leaf leaf, string name) =>
        Computation.Nodes.FirstOrDefault(node => leaf.Equals(node.Operation))?.Output
        ?? Computation.Add(leaf, char.ToLowerInvariant(name[0]) + name.Substring(1));

    private string RampLength(string technique, Attribute attribute, int steps) => steps > 0
        ? Hyperparameter(technique, attribute, "RampUpSteps").Code
        : $"{Hyperparameter(technique, attribute, "RampUpEpochs").Code} * StepsPerEpoch";

    private Field InputOf(Stream stream, string name, string summary) =>
        new(stream, name, InputType(stream.Symbol), summary,
            $"{stream.Argument}.ReadInputs({stream.Indices})") { Port = trainer.Network.Inputs[0] };

    private static Field Further(NetworkPort input) =>
        new(Stream.Data, input.Member, input.Value.Type, $"Input {input.Name} {input.Value.Shape}",
            $"data.ReadInput(\"{input.Name}\", indices)")
        {
            Port = input,
        };

    /// <summary>What holds the values saved by one call: two calls that shared it would lose those of the first.</summary>
    private Tape NewTape(Player player, Value input)
    {
        string owner = player == Model ? "" : player.Name;
        string? stream = trainer.Streams.FirstOrDefault(known => known.Symbol == input.Shape[0].Symbol)?.Name;
        string words = owner + (string.IsNullOrEmpty(stream) ? "" : stream) + "Tape",
        wish = "_" + char.ToLowerInvariant(words[0]) + words.Substring(1);
        string field = wish;
        bool IsTaken(Tape known) => known.Field == field && known.Phase.IsExplicit == phase.IsExplicit;
        for (int i = 2; trainer.Tapes.Any(IsTaken); i++) field = $"{wish}{i}";
        var tape = new Tape(player, phase, field);
        trainer.Tapes.Add(tape);
        return tape;
    }

    private static string Written(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool HasStatistics(Player player) => player.Network is not { Buffers.Count: 0 };

    private static TensorType Repeated(TensorType type, int views) =>
        type with { Shape = type.Shape.Map((dim, _) => dim.With("N", Dim.Of("N", views))) };

    private TensorType InputType(string symbol) => Rename(trainer.Network.Input.Type, Dim.Batch(symbol));

    private static EquatableArray<TensorType> OutputTypes(Player player, Value input) =>
        new(player.Network!.Results.Select(result => Rename(result.Value.Type, input.Shape[0])));

    private static TensorType Rename(TensorType type, Dim rows) =>
        type with { Shape = type.Shape.Map((dim, _) => dim.With("N", rows)) };
}
