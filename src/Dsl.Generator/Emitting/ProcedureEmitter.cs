using System.Linq;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>The methods of a trainer beside its step.</summary>
internal static class ProcedureEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer, bool isPublic)
    {
        foreach (var procedure in trainer.Procedures.Where(procedure => procedure.IsPublic == isPublic))
        {
            if (procedure.Evaluation is { } evaluation) WriteEvaluation(code, trainer, procedure, evaluation);
            Write(code, trainer, procedure);
        }
    }

    private static void WriteEvaluation(CodeWriter code, TrainerProgram trainer, Procedure asked, ProcedureEvaluation evaluation)
    {
        code.Line();
        code.Summary($"{evaluation.Summary}.");
        string source = evaluation.Source ?? (evaluation.ReadsLabels ? "ILabeledDataSource" : "IDataSource");
        code.Line(evaluation.Source is null
            ? $"/// <param name=\"data\">Inputs{(evaluation.ReadsLabels ? " with labels" : "")}, at least one.</param>"
            : "/// <param name=\"data\">What is evaluated.</param>");
        if (evaluation.Stream is null)
        {
            using (code.Block($"public {evaluation.Result} {evaluation.Name}({source} data)"))
            {
                code.Line(TrainerState.Guard);
                code.Line($"return {evaluation.Result}.Of({asked.Name}, data, _device);");
            }

            return;
        }

        code.Line("/// <param name=\"samples\">Draws for each input, at least 1.</param>");
        code.Line("/// <param name=\"seed\">Of the random numbers: the same seed gives the same ones.</param>");
        using (code.Block($"public {evaluation.Result} {evaluation.Name}({source} data, int samples = 1, long seed = 0)"))
        {
            code.Line(TrainerState.Guard);
            code.Line($"using var stream = new RandomStream(seed, \"{evaluation.Stream}\");");
            code.Line($"return {evaluation.Result}.Of({asked.Name}, data, samples, stream, "
                + $"{trainer.Model.Arena}.Values.dtype, _device);");
        }
    }

    private static void Write(CodeWriter code, TrainerProgram trainer, Procedure procedure)
    {
        code.Line();
        if (procedure.IsPublic)
        {
            code.Summary($"{procedure.Summary}.");
            foreach (var parameter in procedure.Parameters)
                code.Line($"/// <param name=\"{parameter.Name}\">{parameter.Summary}.</param>");
            if (procedure.Stream is not null)
                code.Line("/// <param name=\"seed\">Of the random numbers: the same seed gives the same ones.</param>");
        }
        else
        {
            code.Line($"// {procedure.Summary}.");
        }

        string[] seed = procedure.Stream is null ? [] : ["long seed = 0"];
        string parameters = string.Join(
            ", ", procedure.Parameters.Select(parameter =>
                $"{parameter.Type} {parameter.Name}{(parameter.Default is { } value ? $" = {value}" : "")}").Concat(seed));
        string result = procedure.Loop is { } loop ? loop.Network.Type : "Tensor";
        using (code.Block($"{(procedure.IsPublic ? "public" : "private")} {result} {procedure.Name}({parameters})"))
        {
            if (procedure.IsPublic) code.Line(TrainerState.Guard);
            if (procedure.Input is { } input)
                code.Line(NetworkSignature.Requirement(trainer.Network, trainer.Network.Inputs[0], trainer.Model.Field, input));
            if (procedure.Requirement is { } requirement) code.Line(requirement);
            if (procedure.Stream is { } stream)
            {
                code.Line($"ArgumentOutOfRangeException.ThrowIfLessThan({procedure.Samples}, 1);");
                code.Line($"using var stream = new RandomStream(seed, \"{stream}\");");
                code.Line($"var sampler = new DrawSampler(stream, 0, {trainer.Model.Arena}.Values.dtype, _device);");
            }

            foreach (var parameter in procedure.Parameters.Where(parameter => parameter.Declared is not null))
                code.Line(RequirementEmitter.Of(trainer, parameter.Declared!, parameter.Name, procedure.Samples));
            if (procedure.Loop is not null)
            {
                WriteLoop(code, trainer, procedure, procedure.Loop);
                return;
            }

            code.Line("using var scope = NewDisposeScope();");
            foreach (var draw in procedure.Draws)
                code.Line($"var {Procedure.Local(draw)} = sampler.{draw.Sample(procedure.Samples)};  // {draw.Type.Shape}");
            new AutogradBody(code).Write(procedure.Computation.Nodes);
            code.Line($"return {AutogradBody.Name(procedure.Result)}.MoveToOuterDisposeScope();");
        }
    }

    private static void WriteLoop(CodeWriter code, TrainerProgram trainer, Procedure procedure, ProcedureLoop loop)
    {
        var player = loop.Network;
        code.Line($"ArgumentOutOfRangeException.ThrowIfNegative({loop.Count});");
        code.Line("using var unused = new Generator();");
        code.Line($"var result = new {player.Type}(unused).to(_device, {player.Arena}.Values.dtype);");
        code.Line("using (no_grad())");
        code.Line($"    result.Arena.Values.copy_({player.Arena}.Values);");
        code.Line("using var derives = enable_grad();");
        code.Line("using var scope = NewDisposeScope();");
        using (code.Block($"for (int i = 0; i < {loop.Count}; i++)"))
        {
            code.Line("using var ofStep = NewDisposeScope();");
            code.Line($"Tensor {loop.Carried} = result.Arena.Trainable;");
            new AutogradBody(code).Write(procedure.Computation.Nodes);
            code.Line();
            code.Line("using (no_grad())");
            code.Line($"    {loop.Carried}.copy_({AutogradBody.Name(procedure.Result)});");
        }

        code.Line();
        code.Line("return result;");
    }
}
