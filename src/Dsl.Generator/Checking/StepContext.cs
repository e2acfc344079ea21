using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Augmentations;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Mixings;

namespace Dsl.Generator.Checking;

/// <summary>
/// Where objectives and schemes add their part of a step. Asking for something, such as labels, a teacher or a second
/// stream, makes it part of the generated signatures.
/// </summary>
internal sealed partial class StepContext(TrainerProgram trainer)
{
    private readonly Dictionary<NetworkPort, Value> _results = [];
    private readonly Dictionary<NetworkPort, Value> _views = [];
    private IReadOnlyList<Value>? _inputs;
    private MixedBatch? _batch;
    private Value? _label;

    public Computation Computation => trainer.Computation;

    /// <summary>Whether any objective reads a tagged value of the network.</summary>
    public bool ReadsFeatures { get; set; }

    /// <summary>What the network sees in place of the batch; null for the batch itself.</summary>
    public Bound<MixingAttribute>? Mixing { get; set; }

    /// <summary>The output or tagged value that the present objective reads; null for the network's only output.</summary>
    public string? Of { get; set; }

    /// <summary>What the objective reads of the network, for the (augmented) input; a row for each label, [M, K].</summary>
    public Value Logits => Rows(Result);

    /// <summary>The labels, [M] integers in [0, K); those of -100 are left out.</summary>
    public Value Label
    {
        get
        {
            Shape logits = Result.Shape;
            Shape labels = logits.Without(ClassDimension(logits));
            _label ??= Read(AddRole(new Role("Label", new TensorType(labels, ElementType.Int64), "N", $"Labels {labels}, int64", Classes: Classes)));
            return labels.Rank == 1 ? _label : Computation.Add(new Reshape(Shape.Of(Elements(labels))), "labels", _label);
        }
    }

    /// <summary>The number K of classes that the present objective tells apart.</summary>
    public int Classes => (int)Result.Shape[ClassDimension(Result.Shape)].Factor;

    /// <summary>The labels that are compared with what the objective reads, element by element, in its shape.</summary>
    public Value Targets
    {
        get
        {
            Shape shape = Result.Shape;
            _label ??= Read(AddRole(new Role("Label", new TensorType(shape), "N", $"Targets {shape}")));
            return Computation.Add(new TargetsLike(), "targets", _label, Result);
        }
    }

    /// <summary>The targets, a row for each prediction, [M, K].</summary>
    public Value TargetRows => Rows(Targets);

    /// <summary>What a teacher sees: what the network does, the first of several views.</summary>
    private Value SeenByTeacher => Batch.Views == 1 ? Batch.Inputs[0] : Inputs[0];

    /// <summary>What the network makes of all views of the batch, [views, N, ...].</summary>
    public Value Views
    {
        get
        {
            if (_results.Count == 0) TrainOnce();
            return _views[trainer.Network.Results[0]];
        }
    }

    /// <summary>What the objective reads of the network, in the shape in which the network gives it: of several views of the batch the first's.</summary>
    public Value Result
    {
        get
        {
            if (_results.Count == 0) TrainOnce();
            return _results[Of is null ? trainer.Network.Results[0] : trainer.Network.FindResult(Of)!];
        }
    }

    /// <summary>The dimension that counts the classes: the second of images, the last of everything else.</summary>
    public static int ClassDimension(Shape logits) => logits.Rank == 4 ? 1 : logits.Rank - 1;

    private IReadOnlyList<Value> Inputs => _inputs ??= trainer.Network.Inputs
        .Select((input, i) => i == 0 ? View(InputRole, "Input") : Read(AddRole(FurtherRole(input)))).ToList();

    private MixedBatch Batch => _batch ??= Mixing is null ? new MixedBatch(Inputs) : Mix(Mixing, Inputs);

    /// <summary>The labelled stream.</summary>
    public Role InputRole => AddRole(new Role("Input", InputType("N"), "N", $"Inputs {InputType("N").Shape}"));

    private static Role FurtherRole(NetworkPort input) =>
        new(input.Member, input.Value.Type, "N", $"Input {input.Name} {input.Value.Shape}", input.Name);

    /// <summary>The unlabelled stream.</summary>
    public Role Unlabeled => AddRole(new Role(
        "Unlabeled", InputType("U"), "U", $"Inputs without labels {InputType("U").Shape}"));

    /// <summary>A stream as one network sees it: augmented independently, where the trainer augments.</summary>
    /// <param name="name">Who sees it; names the random numbers.</param>
    public Value View(Role role, string name) =>
        trainer.Declaration.Augment?.Policy is { } policy ? View(role, policy, name) : Read(role);

    /// <summary>The policy that a mixing declares; null where it declares none.</summary>
    public AugmentationDeclaration? PolicyOf(Bound<MixingAttribute> mixing) =>
        trainer.Declaration.MixingPolicies.FirstOrDefault(policy => policy.Site == mixing.Site)?.Policy;

    /// <summary>A stream as one network sees it, by a policy of its own.</summary>
    /// <param name="name">Who sees it; names the random numbers.</param>
    public Value View(Role role, AugmentationDeclaration policy, string name) => View(Read(role), role, policy, name);

    /// <summary>A view of images that belong to a stream.</summary>
    public Value View(Value images, Role role, AugmentationDeclaration policy, string name)
    {
        string? section = Computation.Section;
        Computation.Section = $"{name} view: {policy.Type.Name}";
        Value view = PolicyView.Lower(policy, images, new ViewContext(Computation, role, name, Draw));
        Computation.Section = section;
        return view;
    }

    /// <summary>The trained network, one with a single output, on a batch.</summary>
    public Value Train(string name, Value input)
    {
        string symbol = input.Shape[0].Symbol!;
        return Computation.Add(new TrainNetwork("_model", NewTape(symbol), OutputTypes(symbol), default), name, input);
    }

    /// <summary>What holds the values saved by one call of the network: two calls that shared it would lose those of the first.</summary>
    private string NewTape(string symbol)
    {
        var stream = trainer.Roles.FirstOrDefault(role => role.Symbol == symbol)?.Name;
        string wish = symbol == "N" || stream is null ? "_tape" : $"_{char.ToLowerInvariant(stream[0])}{stream.Substring(1)}Tape", tape = wish;
        for (int i = 2; trainer.Tapes.Contains(tape); i++) tape = $"{wish}{i}";
        trainer.Tapes.Add(tape);
        return tape;
    }

    /// <summary>A network that receives no gradient on a batch.</summary>
    public Value Frozen(string name, Value input, string member) =>
        Computation.Add(new FrozenNetwork(member, OutputTypes(input.Shape[0].Symbol!)[0]), name, input);

    /// <summary>Random numbers of the step, a member of the generated <c>Draws</c>.</summary>
    public Value Draw(DrawnNumbers draw)
    {
        trainer.Draws.Add(draw);
        return Computation.Add(new Draw($"draws.{draw.Name}", draw.Type), char.ToLowerInvariant(draw.Name[0]) + draw.Name.Substring(1));
    }

    /// <summary>Numbers of the attribute as a tensor.</summary>
    public Value Constant(Attribute attribute, string property, double[] values) =>
        AddConstants(new Constants(Named(Binder.ShortName(attribute.GetType().Name)) + property, values, values.Length));

    /// <summary>How frequent each class is, as a distribution: as the attribute says, or as <c>Fit</c> counts.</summary>
    public Value Frequencies(Attribute attribute, string property, double[]? given)
    {
        double sum = given?.Sum() ?? 1;
        return AddConstants(new Constants(
            Named(Binder.ShortName(attribute.GetType().Name)) + property, given?.Select(count => count / sum).ToArray(), Classes));
    }

    /// <summary>A weight that grows as exp(−5(1 − t/R)²) over the first R epochs or steps; the property itself where both are 0.</summary>
    public Scalar RampedUp(Attribute attribute, string property, int epochs, int steps, string summary)
    {
        Scalar weight = Hyperparameter(attribute, property);
        if (epochs == 0 && steps == 0) return weight;
        string length = steps > 0 ? Hyperparameter(attribute, "RampUpSteps").Code : $"{Hyperparameter(attribute, "RampUpEpochs").Code} * StepsPerEpoch";
        string function = weight.Code + "At";
        trainer.StepFunctions.Add(new StepFunction(function, $"{summary}, ramped up as exp(−5(1 − t/R)²).",
        [
            $"long length = {length};",
            "double remaining = step < length ? 1 - step / (double)length : 0;",
            $"return {weight.Code} * Math.Exp(-5 * remaining * remaining);",
        ]));
        return new Scalar.Named(function + "(StepCount)");
    }

    /// <summary>A property of the attribute as a settable property of the trainer, named after the technique.</summary>
    public Scalar Hyperparameter(Attribute attribute, string property) =>
        Recipe.Add(trainer, attribute, property, Named(Binder.ShortName(attribute.GetType().Name)) + property);

    /// <summary>What the present objective is called beside others of its kind: <c>CrossEntropy</c>, or <c>CrossEntropyAuxiliary</c>.</summary>
    public string Named(string objective) => Of is null ? objective : objective + char.ToUpperInvariant(Of[0]) + Of.Substring(1);

    private Value AddConstants(Constants constants)
    {
        trainer.Constants.Add(constants);
        var type = new TensorType(Shape.Of(constants.Count));
        return Computation.Add(new Input(constants.Member, type), char.ToLowerInvariant(constants.Name[0]) + constants.Name.Substring(1));
    }

    private Role AddRole(Role role)
    {
        if (trainer.Roles.FirstOrDefault(known => known.Name == role.Name) is { } known) return known;
        trainer.Roles.Add(role);
        return role;
    }

    private Value Read(Role role) => Computation.Add(
        new Input($"batch.{role.Name}", role.Type), char.ToLowerInvariant(role.Name[0]) + role.Name.Substring(1));

    private MixedBatch Mix(Bound<MixingAttribute> mixing, IReadOnlyList<Value> inputs)
    {
        string? section = Computation.Section;
        Computation.Section = mixing.Name;
        var batch = Mixings.Mixing.Of(mixing.Attribute).Lower(mixing, inputs, this);
        Computation.Section = section;
        return batch;
    }

    private void TrainOnce()
    {
        var network = trainer.Network;
        var batch = Batch;
        var features = ReadsFeatures
            ? network.Features.Select(feature => new NetworkFeature(feature.TapeMember, feature.GradientArgument, Repeated(feature.Value.Type, batch.Views)))
            : [];
        List<NetworkPort> ports = [.. network.Results, .. ReadsFeatures ? network.Features : []];
        var names = ports.Select(port => network.Results.Count == 1 && port == ports[0] ? "logits" : port.Variable).ToArray();
        var outputs = new EquatableArray<TensorType>(OutputTypes("N").Select(type => Repeated(type, batch.Views)));
        var operation = new TrainNetwork(
            "_model", NewTape("N"), outputs, new EquatableArray<NetworkFeature>(features), new EquatableArray<string>(batch.Hidden.Select(place => place.Point)));
        Value[] partners = batch.Hidden.Count == 0 ? [] : [batch.Partners!];
        var values = Computation.AddMany(operation, names, [.. batch.Inputs, .. partners, .. batch.Hidden.Select(place => place.Share)]);
        for (int i = 0; i < ports.Count; i++)
        {
            if (batch.Views == 1)
            {
                _results.Add(ports[i], values[i]);
                continue;
            }

            var views = new Shape(new([batch.Views, .. ports[i].Value.Shape.Dims]));
            _views.Add(ports[i], Computation.Add(new Reshape(views), values[i].Hint + "Views", values[i]));
            _results.Add(ports[i], Computation.Add(new Select(0), values[i].Hint + "OfBatch", _views[ports[i]]));
        }
    }

    /// <summary>Every prediction of a sample as a row: positions of a sequence, pixels of an image.</summary>
    public Value Rows(Value logits)
    {
        Shape shape = logits.Shape;
        if (shape.Rank == 2) return logits;
        Value last = shape.Rank == 4
            ? Computation.Add(new Permute(new EquatableArray<long>([0L, 2L, 3L, 1L])), logits.Hint + "Last", logits)
            : logits;
        return Computation.Add(new Reshape(Shape.Of(Elements(shape.Without(ClassDimension(shape))), shape[ClassDimension(shape)])), logits.Hint + "Rows", last);
    }

    private static Dim Elements(Shape shape) => shape.Dims.Aggregate((Dim)1L, (product, dim) => product * dim);

    private static TensorType Repeated(TensorType type, int views) =>
        type with { Shape = type.Shape.Map((dim, _) => dim.Symbol == "N" ? dim with { Factor = dim.Factor * views } : dim) };

    private TensorType InputType(string symbol) => Rename(trainer.Network.Input.Type, symbol);

    private EquatableArray<TensorType> OutputTypes(string symbol) =>
        new(trainer.Network.Results.Select(result => Rename(result.Value.Type, symbol)));

    private static TensorType Rename(TensorType type, string symbol) =>
        type with { Shape = type.Shape.Map((dim, _) => dim.Symbol == "N" ? new Dim(symbol, dim.Factor) : dim) };
}
