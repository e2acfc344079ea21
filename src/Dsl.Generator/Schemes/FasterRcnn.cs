using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class FasterRcnn : Scheme<FasterRcnnAttribute<object, object>>
{
    // Numbers of an anchor: offsets, then the logit of an object. A region has as many for each class, and a logit of background.
    private const int Offsets = 4, Each = Offsets + 1;

    private static readonly ExplainedSymbol Object = new("y", "1 where an anchor shows an object, else 0", null, null),
        Anchors = new("A", "anchors that were drawn", null, null),
        Targets = new("t", "the offsets of the object that is shown", null, null),
        Regions = new("R", "proposals that were drawn", null, null);

    public override IReadOnlyList<string> Heads => ["Proposer", "Head"];

    public override bool HeadsStandBehindModel => false;

    public override bool StandsAlone => true;

    public override bool NeedsClasses => false;

    // Sums are over what counts in a batch.
    public override bool TakesOneBatch => true;

    public override LabelKind Labels => LabelKind.Objects;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var attribute = (FasterRcnnAttribute<object, object>)declared.Attribute;
        var (model, proposer, head) = (networks[0], networks[1], networks[2]);
        if (networks.Any(network => !network.Network.KnowsResults)) return;
        TensorType features = model.Network.Results[0].Value.Type, region = head.Network.Input.Type;
        Shape said = proposer.Network.Results[0].Value.Shape, classes = head.Network.Results[0].Value.Shape;
        if (features.Shape.Rank != 4)
        {
            Need(model, "a backbone that gives a map of features, [N, C, h, w]", $"'{model.Name}' returns {features}",
                "let it end with a convolution");
            return;
        }

        Shape map = features.Shape;
        int each = attribute.Scales.Length * attribute.Ratios.Length;
        long anchors = map[2].Factor * map[3].Factor * each;
        if (proposer.Network.Input.Type != features || said != Shape.Of(map[0], anchors, Each))
        {
            Need(proposer, $"offsets and a logit for each anchor, [N, {anchors}, {Each}]",
                $"'{proposer.Name}' takes {proposer.Network.Input.Type} and returns {said}, and '{model.Name}' returns {map}, "
                + $"whose cells have {each} anchors",
                $"write [Model({map[1]}, {map[2]}, {map[3]}), ..., Conv2d({Each * each}, 1), Permute(2, 3, 1), "
                + $"Reshape(-1, {Each})] on '{proposer.Name}'");
        }
        else if (region.Shape.Rank != 4 || region.Element != ElementType.Float || region.Shape[1] != map[1]
            || region.Shape[2] != region.Shape[3])
        {
            Need(head, $"a head that takes a square of features for each region, [N, {map[1]}, s, s]",
                $"'{head.Name}' takes {region} and '{model.Name}' returns {map}",
                $"write [Model({map[1]}, 7, 7)] on '{head.Name}'");
        }
        else if (classes.Rank != 2 || classes[1].Factor < 1 + Each || (classes[1].Factor - 1) % Each != 0)
        {
            Need(head, $"1 + {Each}·K numbers of a region, [N, 1 + {Each}·K]: logits of background and K classes, and four "
                + "offsets for each class",
                $"'{head.Name}' returns {classes}", $"let '{head.Name}' end with [Linear(1 + {Each} * K)]");
        }

        void Need(LearnedNetwork network, string need, string found, string remedy) => findings.Add(
            Catalogue.SchemeNeeds, declared.Site, network.Site, declared.Name, need, found, remedy);
    }

    protected override void Check(
        FasterRcnnAttribute<object, object> attribute, Bound<SchemeAttribute> declared, RunCheck run)
    {
        string? problem = attribute.Scales.Length == 0 ? "Scales has none: say how large they are, in units of the image"
            : attribute.Scales.Any(scale => scale is not (> 0 and <= 1)) ? "a scale lies outside of (0, 1]"
            : attribute.Ratios.Length == 0 || attribute.Ratios.Any(ratio => !(ratio > 0 && !double.IsInfinity(ratio)))
                ? "Ratios has none, or one that is not above 0"
            : attribute.AnchorBackground > attribute.AnchorThreshold
                ? $"they would be background below {Scalar.Literal(attribute.AnchorBackground)} and objects from "
                    + $"{Scalar.Literal(attribute.AnchorThreshold)} on: AnchorBackground is at most AnchorThreshold"
            : attribute.SampledRegions > attribute.Proposals
                ? $"SampledRegions = {attribute.SampledRegions} of Proposals = {attribute.Proposals} cannot be drawn: take more "
                    + "proposals, or fewer regions"
            : null;
        if (problem is not null) run.Findings.Add(Catalogue.PriorsContradict, declared.Site, declared.Name, problem);
    }

    protected override void Lower(
        FasterRcnnAttribute<object, object> attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        var types = declared.Declaration.Types;
        Player proposer = step.Head(types[0], "Proposer", "The network that proposes regions"),
        head = step.Head(types[1], "Head", "The network that says what a region shows, and where its box is");
        TensorType region = head.Network!.Input.Type;
        int size = (int)region.Shape[2].Factor;
        long classes = (head.Network.Results[0].Value.Shape[1].Factor - 1) / Each;
        Value features = step.Call(step.Model, step.Read(step.Data), "features");
        Value labels = step.ReadLabel(new TensorType(Shape.Of(features.Shape[0], Dim.Batch("M"), Each)),
            "Objects of the images [N, M, 5]: class, x1, y1, x2, y2 in units of the image; the class -1 for none", (int)classes);
        step.Require("Label", $"RegionTargets.RequireRoom(nameof({step.Trainer.Declaration.Type.Name}), batch.Label, "
            + $"{Spelling.Join(attribute.Proposals)});");
        Value proposed = step.Call(proposer, features, "proposed");
        AddDetector(attribute, step.Trainer, proposer, head, features.Shape, size);
        AddAnchorTerms(attribute, step, labels, proposed);

        Dim rows = features.Shape[0];
        Value proposals = c.Add(new RuntimeFunction("RegionProposals.Of",
            new(["Detector.Anchors", Number(nameof(attribute.Candidates)).Code, Spelling.Join(attribute.Proposals),
                Number(nameof(attribute.ProposalOverlap)).Code]),
            Shape.Of(rows, attribute.Proposals, Offsets)), "proposals", proposed);
        Value order = step.Draw(new DrawnReals("RegionOrder", rows, attribute.Proposals, 0, 1,
            $"The order in which proposals are drawn [N, {attribute.Proposals}], in [0, 1)"));
        Dim regions = rows * attribute.SampledRegions;
        var drawn = c.AddMany(new RuntimeFunction("RegionTargets.Of",
            new([Spelling.Join(attribute.SampledRegions), Number(nameof(attribute.RegionThreshold)).Code]),
            new EquatableArray<TensorType>(
            [
                new TensorType(Shape.Of(rows, attribute.SampledRegions, Offsets)),
                new TensorType(Shape.Of(regions), ElementType.Int64),
                new TensorType(Shape.Of(regions, Offsets), ElementType.Int64), new TensorType(Shape.Of(regions, Offsets)),
                new TensorType(Shape.Of(regions, 1)),
            ])), ["regions", "regionClasses", "offsetPlaces", "regionOffsets", "standingRegions"], labels, proposals, order);
        Value said = step.Call(head, c.Add(
            new RegionFeatures(size, attribute.Points), "regionFeatures", features, drawn[0]), "said");

        Value logits = c.Add(new Slice(1, 0, classes + 1), "classLogits", said);
        Value count = c.Add(new SumAll(), "regionCount", c.Add(new LabelWeights(), "countingRegions", drawn[1], logits));
        Value surprises = c.Add(new SumAll(), "classErrors", step.CrossEntropies("regionLosses", logits, drawn[1]));
        step.AddTerm(new Term("RegionClass", c.Add(new LabelMean(IsZero: true), "regionClass", surprises, count), null,
            "mean_R −log softmax(c)[y]")
        {
            Symbols = [Regions, new("c", "logits of background and the classes for a region", null, null)],
        });

        Value own = c.Add(new GatherColumns(), "ownOffsets",
            c.Add(new Slice(1, classes + 1, Offsets * classes), "classOffsets", said), drawn[2]);
        AddOffsetTerm(attribute, step, "RegionOffset", "Σ_R smooth_1(r − t)/|R|", own, drawn[3], drawn[4], count, 1,
        [
            Regions, Targets, new("r", "the head's offsets of the class that a region shows", null, null),
            new("smooth_1", "e²/2 of an error of at most 1, |e| − ½ of a larger one", null, null),
        ]);

        Scalar Number(string property) => step.Hyperparameter("FasterRcnn", attribute, property);
    }

    private static void AddAnchorTerms(
        FasterRcnnAttribute<object, object> attribute, StepContext step, Value labels, Value proposed)
    {
        Computation c = step.Computation;
        Dim rows = proposed.Shape[0];
        long anchors = proposed.Shape[1].Factor;
        Value order = step.Draw(new DrawnReals("AnchorOrder", rows, anchors, 0, 1,
            $"The order in which anchors are drawn [N, {anchors}], in [0, 1)"));
        string[] numbers =
        [
            "Detector.Anchors", .. new[]
            {
                nameof(attribute.AnchorThreshold), nameof(attribute.AnchorBackground), nameof(attribute.SampledAnchors),
            }.Select(property => step.Hyperparameter("FasterRcnn", attribute, property).Code),
        ];
        Shape one = Shape.Of(rows, anchors, 1);
        var targets = c.AddMany(new RuntimeFunction("ProposalTargets.Of", new(numbers), new EquatableArray<TensorType>(
            [new TensorType(one), new TensorType(one.With(2, Offsets)), new TensorType(one), new TensorType(one)])),
            ["objects", "anchorOffsets", "sampledAnchors", "standingAnchors"], labels, proposed, order);
        Value logits = c.Add(new Slice(2, Offsets, 1), "objectLogits", proposed);

        // −y·log σ(z) − (1 − y)·log(1 − σ(z)) is log(1 + eᶻ) − y·z.
        Value each = c.Add(new Subtract(), "anchorLosses",
            c.Add(Softplus.Exact, "lossIfEmpty", logits), c.Add(new Multiply(), "ofObjects", logits, targets[0]));
        Value count = c.Add(new SumAll(), "anchorCount", targets[2]);
        Value sum = c.Add(new SumAll(), "objectErrors", c.Add(new Multiply(), "sampledLosses", each, targets[2]));
        step.AddTerm(new Term("Objectness", c.Add(new LabelMean(IsZero: true), "objectness", sum, count), null,
            "mean_A (−y·log σ(z) − (1 − y)·log(1 − σ(z)))")
        {
            Symbols = [Anchors, Object, new("z", "the proposer's logit of an object", null, null)],
        });
        Scalar beta = step.Hyperparameter("FasterRcnn", attribute, nameof(attribute.AnchorBeta));
        AddOffsetTerm(attribute, step, "AnchorOffset", "Σ_A y·smooth_β(o − t)/|A|",
            c.Add(new Slice(2, 0, Offsets), "offsets", proposed), targets[1], targets[3], count, beta,
            [
                Anchors, Object, Targets, new("o", "the proposer's offsets of an anchor", null, null),
                new("smooth_β", "e²/(2β) of an error of at most β, |e| − β/2 of a larger one", null, null),
                new("β", "the error from which on one counts by its size", beta.Code, Scalar.Literal(attribute.AnchorBeta)),
            ]);
    }

    private static void AddOffsetTerm(
        FasterRcnnAttribute<object, object> attribute, StepContext step, string name, string notation, Value offsets,
        Value targets, Value standing, Value count, Scalar beta, IReadOnlyList<ExplainedSymbol> symbols)
    {
        Computation c = step.Computation;
        string word = char.ToLowerInvariant(name[0]) + name.Substring(1);
        Value own = c.Add(new Multiply(), "standing" + name + "s", offsets, standing);
        Value errors = c.Add(new SmoothAbsoluteError(beta, Reduced.Sum), word + "Errors", own, targets);
        Scalar? weight = attribute.OffsetWeight == 1 ? null
            : step.Hyperparameter("FasterRcnn", attribute, nameof(attribute.OffsetWeight));
        step.AddTerm(new Term(name, c.Add(new LabelMean(IsZero: true), word, errors, count), weight, notation)
        {
            Symbols = symbols,
        });
    }

    private static void AddDetector(
        FasterRcnnAttribute<object, object> attribute, TrainerProgram trainer, Player proposer, Player head, Shape map, int size)
    {
        string anchors = $"new AnchorBoxes({map[2]}, {map[3]}, [{Literals(attribute.Scales)}], [{Literals(attribute.Ratios)}])";
        trainer.Detectors.Add(new Detector("Detector", "FasterRcnnDetector",
            $"new({proposer.Field}, {head.Field}, {anchors}, {size}, {attribute.Points}) "
            + $"{{ ProposalOverlap = {Scalar.Literal(attribute.ProposalOverlap)} }}", null) { ReadsNetworks = true });
    }

    private static string Literals(IEnumerable<double> numbers) => string.Join(", ", numbers.Select(Scalar.Literal));
}
