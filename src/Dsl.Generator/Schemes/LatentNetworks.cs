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

/// <summary>What the schemes have in common in which a decoder behind the trained network gives samples back.</summary>
internal static class LatentNetworks
{
    /// <summary>The decoder's name.</summary>
    public const string Decoder = "Decoder";

    /// <summary>What to do about samples that are no numbers of [0, 1].</summary>
    public const string Remedy = "scale them, bytes of pixels by 255, or write Likelihood = Likelihood.Gaussian";

    /// <summary>Reports samples that are no real numbers, and a decoder that gives something else back.</summary>
    public static void Check(Bound<SchemeAttribute> declared, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var (model, decoder) = (networks[0], networks[1]);
        TensorType input = model.Network.Input.Type;
        if (input.Element != ElementType.Float)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, "samples of real numbers",
                $"'{model.Name}' takes {input}", "let it take numbers that can be restored, such as embeddings of the integers");
            return;
        }

        if (!decoder.Network.KnowsResults || decoder.Network.Results[0].Value.Type is var restored && restored == input) return;
        findings.Add(Catalogue.SchemeNeeds, declared.Site, decoder.Site, declared.Name, "a decoder that gives samples back",
            $"'{decoder.Name}' returns {decoder.Network.Results[0].Value.Type} and '{model.Name}' takes {input}",
            input.Shape.Rank == 2 ? $"end it with [Linear({input.Shape[1]})]"
                : $"end it with [Linear({input.Shape.Without(0).ElementsPerSample}), "
                    + $"Reshape({string.Join(", ", input.Shape.Without(0).Dims)})]");
    }

    /// <summary>The samples of a batch, which the likelihood must be able to tell.</summary>
    public static Value Read(StepContext step, Likelihood likelihood) => step.Read(
        likelihood == Likelihood.Bernoulli
            ? step.DataWithin(0, 1, Remedy)
            : step.Data);

    /// <summary>−log p(x|a) of each number without what does not depend on a: cross-entropies of logits, or squared
    /// errors.</summary>
    public static Value Errors(Computation c, Likelihood likelihood, Value samples, Value told)
    {
        if (likelihood == Likelihood.Gaussian)
        {
            // The difference is of the sample, and not of the result: the decoder may need its result for its derivative, as
            // tanh does.
            return c.Add(new Square(), "squaredErrors", c.Add(new Subtract(), "errors", samples, told));
        }

        return c.Add(new Subtract(), "crossEntropies", c.Add(Softplus.Exact, "softplus", told),
            c.Add(new Multiply(), "told", samples, told));
    }

    /// <summary>The mean over all numbers of what a decoder of exact codes does not give back.</summary>
    public static void AddReconstruction(StepContext step, Likelihood likelihood, Value samples, Value told)
    {
        Value errors = Errors(step.Computation, likelihood, samples, told);
        step.AddTerm(new Term("Reconstruction", step.Mean("reconstruction", errors), null,
            likelihood == Likelihood.Gaussian
                ? "mean (h(f(x)) − x)²" : "−mean (x·log σ(h(f(x))) + (1 − x)·log(1 − σ(h(f(x)))))")
        {
            Symbols =
            [
                new("x", "a sample", null, null),
                new("f", "the network", null, null),
                new("h", "the decoder", null, null),
            ],
        });
    }

    /// <summary>The sum over all numbers of each sample, [N, ...] to [N].</summary>
    public static Value SumOfSample(Computation c, string name, Value numbers) => c.Add(
        new SumOver(new EquatableArray<int>(Enumerable.Range(1, numbers.Shape.Rank - 1))), name, numbers);

    /// <summary>The method that gives the codes of samples.</summary>
    /// <param name="summary">What they are, a sentence without its full stop.</param>
    /// <param name="codes">How many first numbers of the network's output are a code.</param>
    /// <param name="condition">The labels of the network; null for none.</param>
    public static void AddEncode(TrainerProgram trainer, string summary, long codes, LabelCondition? condition = null)
    {
        TensorType input = trainer.Network.Input.Type;
        var labels = condition ?? LabelCondition.None;
        var c = new Computation();
        Value code = Code(c, trainer, "input", codes, labels);
        trainer.Procedures.Add(new Procedure(
            "Encode", $"{summary}, {code.Shape}; the caller frees them",
            [new ProcedureParameter("Tensor", "input", $"Samples, {input.Shape}"), .. labels.Parameters("Their labels")], c, code)
        {
            IsPublic = true,
            Input = "input",
            Samples = "input.size(0)",
        });
    }

    /// <summary>The method that gives samples back.</summary>
    /// <param name="summary">How, a sentence without its full stop.</param>
    /// <param name="codes">How many first numbers of the network's output are a code; null for all.</param>
    /// <param name="condition">The labels of both networks; null for none.</param>
    public static void AddReconstruct(
        TrainerProgram trainer, Likelihood likelihood, string summary, long? codes = null, LabelCondition? condition = null)
    {
        TensorType input = trainer.Network.Input.Type;
        var labels = condition ?? LabelCondition.None;
        var c = new Computation();
        Value code = Code(c, trainer, "input", codes, labels);
        trainer.Procedures.Add(new Procedure(
            "Reconstruct", $"{summary}, {input.Shape}; the caller frees them",
            [new ProcedureParameter("Tensor", "input", $"Samples, {input.Shape}"), .. labels.Parameters("Their labels")], c,
            Decode(c, trainer, likelihood, labels.Beside(c, code)))
        {
            IsPublic = true,
            Input = "input",
            Samples = "input.size(0)",
        });
    }

    /// <summary>The method that goes from samples to others through their codes.</summary>
    /// <param name="codes">How many first numbers of the network's output are a code; null for all.</param>
    /// <param name="condition">The labels of both networks; null for none.</param>
    public static void AddInterpolate(
        TrainerProgram trainer, Likelihood likelihood, long? codes = null, LabelCondition? condition = null)
    {
        Shape input = trainer.Network.Input.Shape;
        var labels = condition ?? LabelCondition.None;
        var c = new Computation();
        Value first = Code(c, trainer, "first", codes, labels), last = Code(c, trainer, "last", codes, labels);
        Shape path = first.Shape.With(0, Dim.Batch("M"));
        Value between = c.Add(
            new RuntimeFunction("LatentPath.Between", new EquatableArray<string>(["count"]), path), "between", first, last);
        trainer.Procedures.Add(new Procedure(
            "Interpolate", "What the networks in evaluation mode make of codes on the straight way between those of two samples, "
            + $"{input.With(0, Dim.Batch("N"))} for each place, sample by sample, N·count in all; the caller frees them",
            [
                Sample("first", "Samples where the ways begin"), Sample("last", "As many samples where they end"),
                .. labels.Parameters("The labels of both ends of each way"),
                new ProcedureParameter("long", "count", "Places on each way, both ends among them, at least 2"),
            ], c, Decode(c, trainer, likelihood, labels.BesideEach(c, between, "count")))
        {
            IsPublic = true,
            Samples = "first.size(0)",
        });

        ProcedureParameter Sample(string name, string words) => new("Tensor", name, $"{words}, {input}")
        {
            Declared = trainer.Fields.First(field => field.Port is not null),
        };
    }

    /// <summary>The network's code of samples in evaluation mode: all of its output, or the first numbers of it.</summary>
    public static Value Code(
        Computation c, TrainerProgram trainer, string samples, long? codes, LabelCondition? condition = null)
    {
        TensorType output = trainer.Network.Results[0].Value.Type;
        Value code = c.Add(new Predict(trainer.Model.Field, output), samples + "Code",
            (condition ?? LabelCondition.None).Beside(c, c.Add(new Input(samples, trainer.Network.Input.Type), samples)));
        return codes is { } width ? c.Add(new Slice(1, 0, width), samples + "Mean", code) : code;
    }

    /// <summary>What the decoder in evaluation mode tells of codes: numbers, or probabilities.</summary>
    /// <param name="codes">The codes, and behind them the labels where the decoder is given any.</param>
    public static Value Decode(Computation c, TrainerProgram trainer, Likelihood likelihood, params Value[] codes)
    {
        Value told = Ask(c, trainer, codes);
        return likelihood == Likelihood.Bernoulli ? c.Add(new Sigmoid(), "probabilities", told) : told;
    }

    /// <summary>What the decoder in evaluation mode returns.</summary>
    /// <param name="codes">As for <see cref="Decode"/>.</param>
    public static Value Ask(Computation c, TrainerProgram trainer, params Value[] codes)
    {
        Shape sample = trainer.Network.Input.Shape;
        return c.Add(
            new Predict(trainer.Find("decoder")!.Field, new TensorType(sample.With(0, codes[0].Shape[0]))), "told", codes);
    }
}
