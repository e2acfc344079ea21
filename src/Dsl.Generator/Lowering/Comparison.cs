using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Lowering;

/// <summary>
/// A prediction and what it is compared with: what an objective is a function of. Asking for something, such as labels or a
/// teacher, makes it part of the generated signatures.
/// </summary>
internal sealed partial class Comparison
{
    private readonly Comparison? _own;
    private readonly bool _filters;
    private readonly Value? _prediction;
    private readonly Func<TensorType, int, Value>? _label;
    private readonly Func<string?, Value>? _resultOf;
    private readonly Dictionary<string, Value> _drawnForLabels = [];

    /// <param name="of">The output or tagged value that is read; null for the network's only output.</param>
    /// <param name="own">What the partners' labels stand in place of; null for the samples' own labels.</param>
    /// <param name="filters">Whether labels may be left out by a technique.</param>
    public Comparison(StepContext step, string? of, Comparison? own = null, bool filters = false)
    {
        _filters = filters;
        Step = step;
        Of = of;
        _own = own;
    }

    /// <summary>A prediction that is not that of the step's batch.</summary>
    /// <param name="prediction">What the network says.</param>
    /// <param name="label">Its labels, of a type and for so many classes; 0 for what is no class.</param>
    public Comparison(StepContext step, Value prediction, Func<TensorType, int, Value> label)
        : this(step, of: null)
    {
        _prediction = prediction;
        _label = label;
    }

    /// <summary>Predictions for a data set of the objective's own.</summary>
    /// <param name="of">The output that is read; null for the network's only one.</param>
    /// <param name="data">The data set's name.</param>
    /// <param name="resultOf">What the network says of its batch, by the name of an output.</param>
    /// <param name="label">Its labels, of a type and for so many classes; 0 for what is no class.</param>
    public Comparison(
        StepContext step, string? of, string data, Func<string?, Value> resultOf, Func<TensorType, int, Value> label)
        : this(step, resultOf(of), label)
    {
        (Of, Data, _resultOf) = (of, data, resultOf);
    }

    public StepContext Step { get; }

    /// <summary>The data set of the objective's own; null for the trainer's.</summary>
    public string? Data { get; }

    /// <summary>Whether a batch may have no label left: its mean is 0 then.</summary>
    public bool MayBeEmpty => _filters && Step.FiltersLabels;

    public Computation Computation => Step.Computation;

    /// <summary>The output or tagged value that is read; null for the network's only output.</summary>
    public string? Of { get; }

    /// <summary>Whether what is read of sequences are their own places alone, [P, ...], one sequence behind the other. Where it
    /// is not, places behind the ends have no label.</summary>
    public bool Packs { get; init; }

    /// <summary>What is read of the network, in the shape in which the network gives it, unless it is packed: of several views
    /// of the batch the first's.</summary>
    public Value Result => Packed(Whole, "own" + char.ToUpperInvariant(Whole.Hint[0]) + Whole.Hint.Substring(1));

    /// <summary>Another output or tagged value of the network, packed where <see cref="Result"/> is.</summary>
    public Value Other(string name)
    {
        Value whole = _resultOf is not null ? _resultOf(name) : Step.ResultOf(name);
        return Packed(whole, "own" + char.ToUpperInvariant(whole.Hint[0]) + whole.Hint.Substring(1));
    }

    private Value Whole => _prediction ?? Step.ResultOf(Of);

    private Value? Lengths => _prediction is null ? Step.LengthsOf(Of) : null;

    /// <summary>What is read of the network; a row for each label, [M, K].</summary>
    public Value Logits => Step.Rows(Result);

    /// <summary>The number K of classes that are told apart.</summary>
    public int Classes => (int)Result.Shape[StepContext.ClassDimension(Result.Shape)].Factor;

    /// <summary>The labels, [M] integers in [0, K); those of -100 are left out.</summary>
    public Value Label
    {
        get
        {
            Shape logits = Result.Shape, labels = logits.Without(StepContext.ClassDimension(logits));
            Value label = OfPartners(Read(
                new TensorType(labels, ElementType.Int64), $"Labels {labels}, int64", Classes), "label");
            if (Lengths is { } lengths) label = Computation.Add(new LabelsWithinEnds(), "ownLabel", label, lengths);
            if (_filters) label = Step.Filtered(label, Result);
            return labels.Rank == 1 ? label
                : Computation.Add(new Reshape(Shape.Of(StepContext.Elements(labels))), "labels", label);
        }
    }

    /// <summary>What says which samples are of a class, [N] integers, alike for those that are; -100 for none.</summary>
    public Value Identity =>
        Read(new TensorType(Shape.Of(Result.Shape[0]), ElementType.Int64), "Classes of the samples [N], int64", 0);

    /// <summary>The objects of each image, [N, M, 5]: rows of a class and a box, as many as the image with the most
    /// has.</summary>
    /// <param name="classes">How many classes there are.</param>
    public Value Objects(int classes) => Read(
        new TensorType(Shape.Of(Result.Shape[0], Dim.Batch("M"), 5)),
        "Objects of the images [N, M, 5]: class, x1, y1, x2, y2 in units of the image; the class -1 for none", classes);

    /// <summary>The labels that are compared with what is read, element by element, in its shape.</summary>
    public Value Targets
    {
        get
        {
            Shape shape = Whole.Shape;
            Value target = OfPartners(Packed(Read(new TensorType(shape), $"Targets {shape}", 0), "ownLabel"), "label");
            return Computation.Add(new TargetsLike(), "targets", target, Result);
        }
    }

    /// <summary>The targets, a row for each prediction, [M, K].</summary>
    public Value TargetRows => Step.Rows(Targets);

    /// <summary>The same prediction with the labels of the samples that each is mixed with; null where labels are not
    /// mixed.</summary>
    public Comparison? WithPartners =>
        _prediction is not null || Step.Batch.Partners is null ? null : new Comparison(Step, Of, this);

    /// <summary>Integers drawn uniformly from [0, bound), one for each label, [M]. What was drawn for a sample's label goes with
    /// it to the samples whose partner it is.</summary>
    public Value DrawForLabels(string name, long bound, string summary)
    {
        Shape labels = Result.Shape.Without(StepContext.ClassDimension(Result.Shape));
        Value drawn = _own is not null
            ? OfPartners(_own._drawnForLabels[name], char.ToLowerInvariant(name[0]) + name.Substring(1))
            : _drawnForLabels[name] = Step.Draw(new DrawnIntegers(name, labels[0], labels.ElementsPerSample, bound, summary));
        return Computation.Add(new Reshape(Shape.Of(StepContext.Elements(labels))), drawn.Hint + "Row", drawn);
    }

    /// <summary>What the labels count, without dimensions: each as much as its class weighs.</summary>
    /// <param name="weights">The classes' weights, [K]; null where each label counts 1.</param>
    public Value LabelCount(Value? weights) => Step.LabelCount(this, weights);

    /// <summary>A number for each class, as the attribute says or as <c>Fit</c> makes of the labels of its data.</summary>
    /// <param name="given">The numbers; null for those of <paramref name="counting"/>.</param>
    /// <param name="counting">The method of the runtime that makes them.</param>
    /// <param name="told">What it is told beside the number of classes, in C#.</param>
    /// <param name="from">The step before which each is 1, in C#; null for none.</param>
    public Value ClassNumbers(
        Attribute attribute, string property, double[]? given, string counting = "ClassFrequencies.Count", string told = "",
        string? from = null) => Step.Constant(
            new Constants(Named(AttributeBinder.ShortName(attribute.GetType().Name)) + property, given, Classes)
            {
                Counting = counting,
                Told = told,
                From = from,
            });

    /// <summary>Numbers of the attribute as a tensor.</summary>
    public Value Constant(Attribute attribute, string property, double[] values) =>
        Step.Constant(
            new Constants(Named(AttributeBinder.ShortName(attribute.GetType().Name)) + property, values, values.Length));

    /// <summary>How frequent each class is, as a distribution: as the attribute says, or as <c>Fit</c> counts.</summary>
    public Value Frequencies(Attribute attribute, string property, double[]? given)
    {
        double sum = given?.Sum() ?? 1;
        return ClassNumbers(attribute, property, given?.Select(count => count / sum).ToArray());
    }

    /// <summary>A weight that grows as exp(−5(1 − t/R)²) over the first R epochs or steps; the property itself where both are
    /// 0.</summary>
    public Scalar RampedUp(Attribute attribute, string property, int epochs, int steps, string summary) =>
        Step.RampedUp(Named(AttributeBinder.ShortName(attribute.GetType().Name)), attribute, property, epochs, steps, summary);

    /// <summary>A property of the attribute as a settable property of the trainer, named after the technique.</summary>
    public Scalar Hyperparameter(Attribute attribute, string property) =>
        Step.Hyperparameter(Named(AttributeBinder.ShortName(attribute.GetType().Name)), attribute, property);

    /// <summary>What an objective is called beside others of its kind: <c>CrossEntropy</c>, <c>CrossEntropyAuxiliary</c>, or, of
    /// a data set of its own, <c>CrossEntropyAuxiliaryReviews</c>.</summary>
    public string Named(string objective) => objective + Capital(Of) + Capital(Data);

    private static string Capital(string? name) => name is null ? "" : char.ToUpperInvariant(name[0]) + name.Substring(1);

    private Value Read(TensorType type, string summary, int classes) =>
        _label is not null ? _label(type, classes) : Step.ReadLabel(type, summary, classes);

    private Value Packed(Value whole, string name)
    {
        if (!Packs || Lengths is not { } lengths) return whole;
        return Computation.Nodes.FirstOrDefault(node => node.Operation is PackPlaces && node.Inputs[0] == whole)?.Output
            ?? Computation.Add(new PackPlaces(), name, whole, lengths);
    }

    private Value OfPartners(Value own, string name) => _own is null ? own : Step.PartnersOf(own, name);
}
