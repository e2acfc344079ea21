using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>The trainer's own parameters, in an arena beside the networks': layers that bring a feature to another
/// width.</summary>
internal static class OwnParametersEmitter
{
    /// <summary>The statement that starts them by the seed.</summary>
    public const string Start = "StartAdapters();";

    private const string Field = "_adapters";

    /// <summary>A line for each adapter and each learned number in the documentation of the trainer.</summary>
    public static IEnumerable<(string Name, string Value)> Rows(TrainerProgram trainer) =>
    [
        .. trainer.Adapters.Select(adapter => ("adapter",
            $"{adapter.Layer} of \"{adapter.Feature}\", {adapter.From} to {adapter.To}: "
            + $"{adapter.Parameters.Sum(parameter => parameter.Count)} parameters of the trainer")),
        .. trainer.LearnedNumbers.Select(number =>
            ("learned", $"{number.Parameter.Member}, {number.Summary}; it does not decay")),
    ];

    public static void WriteFields(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.OwnParameters.Count == 0) return;
        code.Line($"private readonly ParameterArena {Field};");
        if (!trainer.Main.IsExplicit) return;
        foreach (var parameter in trainer.OwnParameters)
            code.Line($"private readonly Tensor {Arena.Gradient(parameter.Member)};");
    }

    /// <summary>In the constructor.</summary>
    public static void WriteCreation(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var arena in trainer.Main.Arenas.Where(arena => arena.IsOwn))
        {
            code.Line(
                $"{Field} = Own(new ParameterArena({Spelling.Join(arena.Layout.Length)}, _device, "
                + $"{trainer.Model.Arena}.Values.dtype));");
            code.Line($"Trains(this, {Field});");
            foreach (var parameter in arena.Parameters)
            {
                string place = $"({Spelling.Join(arena.Layout.OffsetOf(parameter))}, {string.Join(", ", parameter.Shape.Dims)})";
                code.Line($"{parameter.Member} = Own(new Parameter({Field}.View{place}));");
                string gradient = trainer.Main.IsExplicit ? Arena.Gradient(parameter.Member) : parameter.Member + ".grad";
                string view = $"{Field}.GradientView{place}";
                code.Line($"{gradient} = {(trainer.Main.IsExplicit ? $"Own({view})" : view)};");
            }
        }
    }

    public static void WriteMembers(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.OwnParameters.Count == 0) return;
        code.Line();
        string whose = trainer.Adapters.Count > 0 ? "of the adapters" : "of the trainer's own";
        code.Summary($"All parameters {whose} in one flat tensor, and their gradients in a second one. "
            + "They are trained and saved with the run, not with the network.");
        code.Line($"public ParameterArena Adapters => {Field};");
        foreach (var (adapter, parameter) in trainer.Adapters.SelectMany(adapter =>
            adapter.Parameters.Select(parameter => (adapter, parameter))))
        {
            code.Line();
            code.Summary($"{parameter.Name} {parameter.Shape} of the adapter {adapter.Layer}.");
            code.Line($"public Parameter {parameter.Member} {{ get; }}");
        }

        foreach (var (parameter, summary, _) in trainer.LearnedNumbers)
        {
            code.Line();
            code.Summary($"{summary}, {parameter.Shape}.");
            code.Line($"public Parameter {parameter.Member} {{ get; }}");
        }

        code.Line();
        if (trainer.Adapters.Count > 0)
        {
            code.Line(
                "// PyTorch's defaults: U(-1/sqrt(fan_in), 1/sqrt(fan_in)) for weights and biases; the same on every device.");
        }

        using (code.Block("private void StartAdapters()"))
        {
            WriteStart(code, trainer);
        }
    }

    private static void WriteStart(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.Adapters.Count > 0)
        {
            code.Line("using var stream = new RandomStream(Seed, \"adapters\");");
            code.Line("Generator generator = stream.At(0);");
            foreach (var parameter in trainer.Adapters.SelectMany(adapter => adapter.Parameters))
            {
                long fanIn = ((Initialization.UniformFanIn)parameter.Initialization).FanIn;
                code.Line($"InitialValues.Uniform({parameter.Member}, {Scalar.Literal(1 / Math.Sqrt(fanIn))}, generator);  // "
                    + $"fan_in = {fanIn}");
            }
        }

        if (trainer.LearnedNumbers.Count == 0) return;
        code.Line("using var noGrad = no_grad();");
        foreach (var (_, _, start) in trainer.LearnedNumbers) code.Line(start);
    }

    /// <summary>In the dictionary of everything that a checkpoint holds.</summary>
    public static void WriteState(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var parameter in trainer.Adapters.SelectMany(adapter => adapter.Parameters))
            code.Line($"state.Add(\"adapter.{parameter.Name}\", {parameter.Member});");
        foreach (var (parameter, _, _) in trainer.LearnedNumbers)
            code.Line($"state.Add(\"{parameter.Name}\", {parameter.Member});");
    }
}
