using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Lowering;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Schemes;

/// <summary>What the schemes have in common whose network takes a sample, a time and perhaps a label, and returns something of
/// the sample's shape.</summary>
/// <param name="Time">The input of the time.</param>
/// <param name="Label">The input of the label; empty for none.</param>
/// <param name="Classes">How many classes labels name.</param>
internal sealed record TimedNetworks(string Time, string Label, int Classes)
{
    /// <summary>The inputs that a scheme gives.</summary>
    public IReadOnlyList<string> Inputs => Label.Length == 0 ? [Time] : [Time, Label];

    /// <summary>Reports a label that is said in part, or is the time.</summary>
    public void CheckArguments(Bound<SchemeAttribute> declared, Findings findings)
    {
        if (Label.Length > 0 == Classes > 0 && Label != Time) return;
        string what = Label == Time ? $"Label and Time are both \"{Time}\""
            : Classes == 0 ? $"Label = \"{Label}\" stands without Classes" : $"Classes = {Classes} stands without Label";
        findings.Add(Catalogue.SchemeNeeds, declared.SiteOf(Classes == 0 ? "Label" : "Classes"), declared.Name,
            "the input of the labels and how many classes they have, both or neither", what,
            "write Label = \"digit\", Classes = 10 for an input \"digit\" and ten classes");
    }

    /// <summary>Reports a network that does not take or return what the scheme is about.</summary>
    /// <param name="element">What times are.</param>
    /// <param name="times">How many times there are; null where they are real numbers.</param>
    public void Check(
        Bound<SchemeAttribute> declared, LearnedNetwork model, ElementType element, int? times, Findings findings)
    {
        NetworkProgram network = model.Network;
        if (network.Input.Type.Element != ElementType.Float)
        {
            findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name, "samples of real numbers",
                $"'{model.Name}' takes {network.Input.Type}", "let it take numbers that noise can be added to");
        }
        else if (network.KnowsResults && network.Results[0].Value.Type != network.Input.Type)
        {
            Shape input = network.Input.Shape;
            findings.Add(Catalogue.SchemeNeeds, declared.Site, model.Site, declared.Name,
                "a network that returns what it takes",
                $"'{model.Name}' takes {input} and returns {network.Results[0].Value.Type}",
                input.Rank == 2 ? $"end it with [Linear({input[1]})]" : "give its output the input's shape");
        }

        CheckInput("Time", Time, new TensorType(Shape.Of(network.Input.Shape[0]), element), times, "times");
        if (Label.Length > 0)
        {
            CheckInput("Label", Label, new TensorType(Shape.Of(network.Input.Shape[0]), ElementType.Int64), Classes + 1,
                "labels, with the one for no label,");
        }

        void CheckInput(string argument, string name, TensorType type, int? values, string words) =>
            NamedInput.Check(declared, argument, model, (name, type), (values, words), findings);
    }

    /// <summary>The network on noisy samples, in training mode.</summary>
    /// <param name="label">The labels as the network sees them; null without labels.</param>
    public Value Call(StepContext step, Value samples, Value time, Value? label, string name) => step.Call(
        step.Model, [samples, .. Further(step.Trainer.Network).Select(input => input == Time ? time : label!)], name);

    /// <summary>The labels of a batch, some of them left out; null without labels.</summary>
    public Value? Labels(StepContext step, SchemeAttribute attribute, string dropout)
    {
        if (Label.Length == 0) return null;
        Shape rows = Shape.Of(Stream.Data.Rows);
        Value labels = step.ReadLabel(
            new TensorType(rows, ElementType.Int64), $"Labels {rows}, int64; -100 for none", Classes);
        Value left = step.Draw(new DrawnEvents("LeftOut", Stream.Data.Rows, 0, step.Hyperparameter(attribute, dropout),
            "Which labels are left out, [N]"));
        return step.Computation.Add(
            new RuntimeFunction("ClassGuidance.LeaveOut", new(new[] { Spelling.Join(Classes) }), labels.Type), "knownLabels",
            labels, left);
    }

    /// <summary>Adds a way of sampling as two methods: one draws its noise by a seed, one is given it.</summary>
    /// <param name="method">What both are called.</param>
    /// <param name="words">What they return, a sentence without its full stop.</param>
    /// <param name="process">What samples, a field of the trainer, and its method.</param>
    /// <param name="parameters">What the way asks for beside.</param>
    /// <param name="arguments">That, in C#, behind the network, its prediction and the noise.</param>
    /// <param name="rows">The rows of given noise, in C#.</param>
    /// <param name="noise">What they are.</param>
    public void AddSampling(TrainerProgram trainer, string method, string words, (string Field, string Method) process,
        IReadOnlyList<ProcedureParameter> parameters, string arguments, string rows, string noise)
    {
        var network = trainer.Network;
        TensorType type = network.Input.Type;
        string sizes = string.Join(", ", type.Shape.Dims.Skip(1)), player = trainer.Evaluated.Field;
        bool labeled = Label.Length > 0;
        var label = new Field(Stream.Data, "labels", new TensorType(Shape.Of(Stream.Data.Rows), ElementType.Int64), "", "")
        {
            Classes = Classes,
        };
        ProcedureParameter labels = new("Tensor", "labels", "What samples shall be [N], int64; -100 for anything")
        {
            Declared = label,
        },
        scale = new("double", "guidance",
            "s: predictions are u + s·(c − u), u without the label and c with it; 1 is without guidance")
        {
            Default = "1",
        },
        given = new("Tensor", "noise", noise);

        // What has a default stands last.
        ProcedureParameter[] required = [.. parameters.Where(parameter => parameter.Default is null)],
        optional = [.. parameters.Where(parameter => parameter.Default is not null), .. labeled ? new[] { scale } : []];
        var count = new ProcedureParameter("long", "count", "How many, at least 1");
        string samples = labeled ? "ModelInput.Samples(labels)" : "count";
        Add([labeled ? labels : count, .. required, .. optional],
            $"() => sampler.Normal({samples}, {sizes})", samples, "samples");
        Add([given, .. labeled ? new[] { labels } : [], .. required, .. optional],
            $"{process.Field}.Given(noise, {rows}, {sizes})", "noise.size(1)", null);

        void Add(IReadOnlyList<ProcedureParameter> all, string source, string number, string? stream)
        {
            string[] known =
                [.. network.Inputs.Select(input => input == network.Inputs[0] ? "x" : input.Name == Time ? "t" : "y")];
            string forward = $"{player}.forward({string.Join(", ", known)})";
            string predict = labeled
                ? $"ClassGuidance.Toward(labels, {Classes}, guidance, (x, t, y) => {forward})" : $"(x, t) => {forward}";
            var computation = new Computation();
            Value result = computation.Add(
                new RuntimeFunction($"{process.Field}.{process.Method}",
                    new(new[] { player, predict, source + (arguments.Length == 0 ? "" : ", " + arguments) }), type), "samples");
            trainer.Procedures.Add(new Procedure(method, words, all, computation, result)
            {
                IsPublic = true,
                Stream = stream,
                Samples = number,
            });
        }
    }

    private IEnumerable<string> Further(NetworkProgram network) => network.Inputs.Skip(1).Select(input => input.Name);
}
