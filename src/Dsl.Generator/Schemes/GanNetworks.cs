using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>What the schemes have in common in which a generator makes samples that a second network tells from the
/// data.</summary>
internal static class GanNetworks
{
    private const string Generator = "Generator";

    /// <summary>Reports a judge that does not take what the generator returns, or gives something else than one number.</summary>
    public static void Check(
        Bound<SchemeAttribute> declared, string judgeName, IReadOnlyList<LearnedNetwork> networks, Findings findings)
    {
        var (generator, judge) = (networks[0], networks[1]);
        if (generator.Site == judge.Site)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, judge.Site, declared.Name,
                "two networks", $"'{judge.Name}' is both of them", $"declare a {judgeName} of its own");
            return;
        }

        if (generator.Network.Input.Type.Element != ElementType.Float)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, generator.Site, declared.Name,
                "a generator that takes noise, real numbers",
                $"'{generator.Name}' takes {generator.Network.Input.Shape} integers",
                "write [Model(64)] for 64 numbers of noise");
        }

        if (!generator.Network.KnowsResults || !judge.Network.KnowsResults) return;
        Value samples = generator.Network.Results[0].Value;
        Value logit = judge.Network.Results[0].Value;
        if (judge.Network.Input.Type != samples.Type)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, judge.Site, declared.Name,
                $"a {judgeName} for what the generator returns",
                $"'{judge.Name}' takes {judge.Network.Input.Type} and '{generator.Name}' returns {samples.Type}",
                "give both the same shape");
        }

        if (logit.Shape != Shape.Of(logit.Shape[0], 1))
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, judge.Site, declared.Name,
                $"a {judgeName} that gives one number [N, 1]", $"'{judge.Name}' returns {logit.Shape}",
                "end it with [Flatten, Linear(1)]");
        }
    }

    /// <summary>The main descent as the generator's.</summary>
    public static void Name(StepContext step) => step.Phase.Name = Generator;

    /// <summary>Samples of new noise, trained where the step's phase trains the generator.</summary>
    public static Value Make(StepContext step) => step.Call(step.Model, Noise(step, Generator), "samples");

    /// <summary>Samples of new noise as constants.</summary>
    public static Value MakeConstant(StepContext step, string owner) =>
        step.Ask(step.Model, Noise(step, owner), "samples");

    /// <summary>The method that gives samples.</summary>
    public static void AddSample(TrainerProgram trainer)
    {
        TensorType input = trainer.Network.Input.Type, output = trainer.Network.Results[0].Value.Type;
        var noise = new DrawnNormals("Noise", Stream.Data.Rows, input.Shape.Without(0), $"Noise {input.Shape}");
        var computation = new Computation();
        Value result = computation.Add(
            new Predict(trainer.Evaluated.Field, output), "samples",
            computation.Add(new Draw(Procedure.Local(noise), noise.Type), Procedure.Local(noise)));
        trainer.Procedures.Add(new Procedure(
            "Sample", $"Samples of the generator in evaluation mode, {output.Shape}; the caller frees them",
            [new ProcedureParameter("long", "count", "How many, at least 1")], computation, result)
        {
            IsPublic = true,
            Stream = "samples",
            Draws = [noise],
            Samples = "count",
        });
    }

    private static Value Noise(StepContext step, string owner)
    {
        Shape input = step.Trainer.Network.Input.Shape;
        return step.Draw(new DrawnNormals(
            owner + "Noise", Stream.Data.Rows, input.Without(0),
            $"What the generator makes the samples of the {Casing.Variable(owner)}'s descent of, standard normal {input}"));
    }
}
