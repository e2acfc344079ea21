using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

internal sealed class PixelCnn : Scheme<PixelCnnAttribute>
{
    private const string Remedy = "scale them, bytes of pixels by 255";

    public override bool NeedsClasses => false;

    public override bool StandsAlone => true;

    public override IReadOnlyList<string> Inputs(SchemeAttribute attribute) => ConditionOf(attribute).Inputs;

    public override void CheckNetworks(
        Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        int levels = ((PixelCnnAttribute)declared.Attribute).Levels;
        LearnedNetwork model = networks[0];
        NetworkProgram network = model.Network;
        TensorType input = network.Input.Type;
        if (input.Element != ElementType.Float || input.Shape.Rank != 4)
        {
            Need("images, [N, C, H, W]", $"'{model.Name}' takes {input}", "write [Model(1, 28, 28)]");
            return;
        }

        ConditionOf(declared.Attribute).Check(declared, networks, findings);
        if (!network.KnowsResults) return;
        Shape expected = Logits(input.Shape, levels), output = network.Results[0].Value.Shape;
        if (output != expected)
        {
            Need($"{(levels == 2 ? "a logit" : $"{levels} logits")} for each number of an image, {expected}",
                $"'{model.Name}' returns {output}", $"end it with [Conv2d({expected[1]}, 1)]");
            return;
        }

        var order = PixelOrder.Of(network);
        if (order.Result <= SeenPixels.Earlier) return;
        Need("a network that tells a pixel by earlier ones",
            order.Result == SeenPixels.Own
                ? $"'{model.Name}' sees the pixel itself"
                : $"'{model.Name}' sees later pixels, by {LayerOf(network, order.FirstOffence!)}",
            order.Result == SeenPixels.Own
                ? "begin it with [MaskedConv2d(..., PixelMask.A)]"
                : "write [MaskedConv2d] for convolutions and leave out what mixes pixels, such as pooling and GroupNorm");

        void Need(string need, string found, string remedy) => findings.Add(
            Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, need, found, remedy);
    }

    public override void Finish(Bound<SchemeAttribute> declared, Func<Comparison, Value> objective, TrainerProgram trainer)
    {
        int levels = ((PixelCnnAttribute)declared.Attribute).Levels;
        AddEvaluation(trainer, levels, ConditionOf(declared.Attribute));
        AddSampling(trainer, levels, ConditionOf(declared.Attribute));
    }

    protected override void Check(PixelCnnAttribute attribute, Bound<SchemeAttribute> declared, RunCheck run) =>
        ConditionOf(attribute).CheckArguments(declared, run.Findings);

    protected override void Lower(PixelCnnAttribute attribute, Bound<SchemeAttribute> declared, StepContext step)
    {
        Computation c = step.Computation;
        Value samples = step.Read(step.DataWithin(0, 1, Remedy));
        var condition = ConditionOf(attribute);
        Value losses = Losses(
            c, attribute.Levels, samples, seen => step.Call(step.Model, condition.Beside(step, seen), "logits"));
        string told = condition.IsGiven ? "f(x, y)" : "f(x)";
        step.AddTerm(new Term("NegativeLogLikelihood", step.Mean("negativeLogLikelihood", losses), null,
            attribute.Levels == 2
                ? $"−mean Σ (x·log σ({told}) + (1 − x)·log(1 − σ({told})))" : $"−mean Σ log softmax({told})[k]")
        {
            Symbols =
            [
                new("x", "an image, each pixel as its nearest level", null, null),
                new("f", "the network, which tells a pixel by those before it", null, null),
                .. condition.Symbols,
                .. attribute.Levels == 2 ? Array.Empty<ExplainedSymbol>() : [new("k", "the level of a pixel", null, null)],
            ],
        });
    }

    private static LabelCondition ConditionOf(SchemeAttribute attribute) =>
        new(((PixelCnnAttribute)attribute).Label, ((PixelCnnAttribute)attribute).Classes);

    private static string LayerOf(NetworkProgram network, Node node) =>
        network.Layers.FirstOrDefault(layer => layer.Nodes.Contains(node))?.Description ?? $"'{node.Output.Name}'";

    private static Shape Logits(Shape images, int levels) => levels == 2 ? images : images.With(1, images[1] * levels);

    /// <summary>−log p(x) of each image, [N].</summary>
    /// <param name="ask">The network's logits of rounded images.</param>
    private static Value Losses(Computation c, int levels, Value samples, Func<Value, Value> ask)
    {
        EquatableArray<string> count = new(new[] { Spelling.Join(levels) });
        Shape shape = samples.Shape;
        Value seen = c.Add(new RuntimeFunction("PixelLevels.Rounded", count, shape), "rounded", samples);
        Value logits = ask(seen);
        if (levels == 2)
        {
            return LatentNetworks.SumOfSample(
                c, "imageLosses", LatentNetworks.Errors(c, Likelihood.Bernoulli, seen, logits));
        }

        Dim pixels = StepContext.Elements(shape.Without(0));
        Value places = c.Add(
            new RuntimeFunction("PixelLevels.Of", count, new TensorType(shape, ElementType.Int64)), "levels", samples);
        Value byColor = c.Add(new Reshape(Shape.Of(shape[0], shape[1], levels, shape[2], shape[3])), "logitsByColor", logits);
        Value last = c.Add(new Permute(new([0L, 1L, 3L, 4L, 2L])), "levelsLast", byColor);
        Value rows = c.Add(new Reshape(Shape.Of(shape[0] * pixels, levels)), "logitRows", last);
        Value labels = c.Add(new Reshape(Shape.Of(shape[0] * pixels)), "levelRows", places);
        Value each = c.AddMany(new NegativeLogLikelihood(Reduced.None), ["pixelLosses", "pixelCount"],
            c.Add(new LogSoftmax(), "logProbabilities", rows), labels)[0];
        return c.Add(new Sum(1), "imageLosses", c.Add(new Reshape(Shape.Of(shape[0], pixels)), "lossesByImage", each));
    }

    private static void AddEvaluation(TrainerProgram trainer, int levels, LabelCondition condition)
    {
        TensorType input = trainer.Network.Input.Type;
        var c = new Computation();
        Value samples = c.Add(new Input("input", input), "input");
        Value losses = Losses(c, levels, samples, seen =>
            c.Add(new Predict(trainer.Evaluated.Field, trainer.Network.Results[0].Value.Type), "logits",
                condition.Beside(c, seen)));
        trainer.Procedures.Add(new Procedure("ImageLosses", "−log p(x) of images in nats, in evaluation mode, [N]",
            [new ProcedureParameter("Tensor", "input", $"Images {input.Shape}"), .. condition.Parameters("Their labels")], c,
            losses)
        {
            Input = "input",
            Samples = "input.size(0)",
            Requirement = StepContext.Within("input", "nameof(input)", 0, 1, Remedy, "true"),
            Evaluation = new ProcedureEvaluation("EvaluateLikelihood", "PixelLikelihood", null,
                "The likelihood of images, in nats an image and in bits a dimension, in evaluation mode. Training is not "
                + "affected") { ReadsLabels = condition.IsGiven },
        });
    }

    private static void AddSampling(TrainerProgram trainer, int levels, LabelCondition condition)
    {
        Shape images = trainer.Network.Input.Shape;
        string field = trainer.Evaluated.Field, known = Spelling.Join(levels);
        long pixels = images.ElementsPerSample;
        var drawn = new DrawnReals("Numbers", Stream.Data.Rows, pixels, 0, 1, "Numbers that decide pixels");
        var labels = condition.Parameters("What images shall be");

        var sampling = new Computation();
        Procedure sample = new("Sample",
            $"Images drawn pixel by pixel, {images}, in evaluation mode; the caller frees them",
            condition.CountParameters("What images shall be", ("count", "How many, at least 1")), sampling,
            Draw(sampling, "PixelLevels.Draw", [field, known], condition.Beside(sampling, Numbers(sampling))))
        {
            IsPublic = true,
            Stream = "samples",
            Draws = [drawn],
            Samples = condition.Count,
        };

        var given = new Computation();
        Procedure byNumbers = new("Sample",
            $"Images as numbers decide them pixel by pixel, {images}, in evaluation mode; the caller frees them",
            [new ProcedureParameter("Tensor", "numbers", $"Numbers drawn evenly from [0, 1), {images}, one for each pixel"),
                .. labels],
            given, Draw(given, "PixelLevels.Draw", [field, known],
                condition.Beside(given, given.Add(new Input("numbers", new(images)), "numbers"))))
        {
            IsPublic = true,
            Input = "numbers",
            Samples = "numbers.size(0)",
        };

        var completion = new Computation();
        Value numbers = Numbers(completion), input = completion.Add(new Input("input", new(images)), "input");
        Procedure complete = new("Complete",
            $"Images whose first rows are given and whose others are drawn pixel by pixel, {images}, in evaluation mode; the "
            + "caller frees them",
            [
                new ProcedureParameter("Tensor", "input", $"Images, {images}"), .. labels,
                new ProcedureParameter("long", "rows", $"How many rows stay, in 0, ..., {images[2]}"),
            ], completion,
            Draw(completion, "PixelLevels.Below", [field, known, "rows"], [numbers, .. condition.Beside(completion, input)]))
        {
            IsPublic = true,
            Stream = "samples",
            Draws = [drawn],
            Samples = "input.size(0)",
            Input = "input",
            Requirement = StepContext.Within("input", "nameof(input)", 0, 1, Remedy, "true"),
        };
        trainer.Procedures.AddRange([sample, byNumbers, complete]);

        Value Draw(Computation c, string function, string[] arguments, params Value[] values) =>
            c.Add(new RuntimeFunction(function, new(arguments), images), "images", values);

        Value Numbers(Computation c) => c.Add(new Reshape(images), "byPixel",
            c.Add(new Draw(Procedure.Local(drawn), drawn.Type), Procedure.Local(drawn)));
    }
}
