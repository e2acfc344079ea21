using System;
using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Emitting;

/// <summary>Adapters: the trainer's own parameters, in an arena beside the network's.</summary>
internal static class AdapterEmitter
{
    /// <summary>The arena's field.</summary>
    public const string Arena = "_adapters";

    /// <summary>The statement that starts them by the seed.</summary>
    public const string Start = "StartAdapters();";

    /// <summary>The field with the optimizer's state for them.</summary>
    public static string Field(UpdateVector vector) => "_adapter" + Member(vector);

    /// <summary>The name of a state vector as that of a member.</summary>
    public static string Member(UpdateVector vector) => char.ToUpperInvariant(vector.Name[0]) + vector.Name.Substring(1);

    /// <summary>The field with a parameter's gradient, for operations that add to it.</summary>
    public static string Gradient(string member) => $"_{char.ToLowerInvariant(member[0])}{member.Substring(1)}Gradient";

    /// <summary>A line for each adapter in the documentation of the trainer.</summary>
    public static IEnumerable<(string Name, string Value)> Rows(TrainerProgram trainer) => trainer.Adapters.Select(adapter => ("adapter",
        $"{adapter.Layer} of \"{adapter.Feature}\", {adapter.From} to {adapter.To}: {adapter.Parameters.Sum(parameter => parameter.Count)} parameters of the trainer"));

    public static void WriteFields(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.Adapters.Count == 0) return;
        code.Line($"private readonly ParameterArena {Arena};");
        if (trainer.Backward == Backward.Explicit)
            foreach (var parameter in trainer.AdapterParameters) code.Line($"private readonly Tensor {Gradient(parameter.Member)};");
        foreach (var vector in trainer.Update.State) code.Line($"private readonly Tensor {Field(vector)};  // {vector.Summary} of the adapters");
    }

    /// <summary>In the constructor.</summary>
    public static void WriteCreation(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.Adapters.Count == 0) return;
        var layout = trainer.AdapterLayout;
        code.Line($"{Arena} = new ParameterArena({Spelling.Join(layout.Length)}, _device, _model.Arena.Values.dtype);");
        foreach (var parameter in trainer.AdapterParameters)
        {
            string place = $"({Spelling.Join(layout.OffsetOf(parameter))}, {string.Join(", ", parameter.Shape.Dims)})";
            code.Line($"{parameter.Member} = new Parameter({Arena}.View{place});");
            string gradient = trainer.Backward == Backward.Explicit ? Gradient(parameter.Member) : parameter.Member + ".grad";
            code.Line($"{gradient} = {Arena}.GradientView{place};");
        }

        foreach (var vector in trainer.Update.State)
        {
            code.Line($"{Field(vector)} = {Arena}.NewTwin();");
            if (vector.Initial != 0) code.Line($"{Field(vector)}.fill_({Scalar.Literal(vector.Initial)});");
        }

        code.Line(Start);
    }

    public static void WriteMembers(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.Adapters.Count == 0) return;
        code.Line();
        code.Summary("All parameters of the adapters in one flat tensor, and their gradients in a second one. "
            + "They are trained and saved with the run, not with the network.");
        code.Line($"public ParameterArena Adapters => {Arena};");
        foreach (var (adapter, parameter) in trainer.Adapters.SelectMany(adapter => adapter.Parameters.Select(parameter => (adapter, parameter))))
        {
            code.Line();
            code.Summary($"{parameter.Name} {parameter.Shape} of the adapter {adapter.Layer}.");
            code.Line($"public Parameter {parameter.Member} {{ get; }}");
        }

        code.Line();
        code.Line("// PyTorch's defaults: U(-1/sqrt(fan_in), 1/sqrt(fan_in)) for weights and biases; the same on every device.");
        using (code.Block("private void StartAdapters()"))
        {
            code.Line("using var stream = new RandomStream(_seed, \"adapters\");");
            code.Line("Generator generator = stream.At(0);");
            foreach (var parameter in trainer.AdapterParameters)
            {
                long fanIn = ((Initialization.UniformFanIn)parameter.Initialization).FanIn;
                code.Line($"InitialValues.Uniform({parameter.Member}, {Scalar.Literal(1 / Math.Sqrt(fanIn))}, generator);  // fan_in = {fanIn}");
            }
        }
    }

    public static void WriteDispose(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.Adapters.Count == 0) return;
        foreach (var parameter in trainer.AdapterParameters)
        {
            if (trainer.Backward == Backward.Explicit) code.Line($"{Gradient(parameter.Member)}.Dispose();");
            code.Line($"{parameter.Member}.Dispose();");
        }

        foreach (var vector in trainer.Update.State) code.Line($"{Field(vector)}.Dispose();");
        code.Line($"{Arena}.Dispose();");
    }

    /// <summary>In the dictionary of everything that a checkpoint holds.</summary>
    public static void WriteState(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.Adapters.Count == 0) return;
        foreach (var parameter in trainer.AdapterParameters) code.Line($"state.Add(\"adapter.{parameter.Name}\", {parameter.Member});");
        foreach (var vector in trainer.Update.State) code.Line($"state.Add(\"optimizer.adapter.{vector.Name}\", {Field(vector)});");
    }
}
