using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;

namespace Dsl.Generator.Emitting;

/// <summary>One update: draws, losses and gradients, the optimizer, what follows it.</summary>
internal static class StepEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        WriteSampleDraws(code, trainer);
        WriteStep(code, trainer);
        if (trainer.Accumulates)
        {
            AccumulationEmitter.WriteStep(code, trainer);
            AccumulationEmitter.WriteCountWindow(code, trainer);
            WriteComputeAlone(code, trainer);
        }

        if (trainer.Backward == Backward.Explicit) WriteExplicit(code, trainer);
        else WriteAutograd(code, trainer);
        WriteRequire(code, trainer);
        if (trainer.Clipping is { } clipping) WriteClip(code, clipping);
    }

    private static void WriteSampleDraws(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Summary("The random numbers of the next step, from the trainer's own stream.");
        if (trainer.Draws.Count == 0)
        {
            code.Line("public static Draws SampleDraws(Batch batch) => new();");
            return;
        }

        using (code.Block("public Draws SampleDraws(Batch batch)"))
        {
            code.Line(TrainerState.Guard);
            code.Line("ArgumentNullException.ThrowIfNull(batch);");
            code.Line($"var sampler = new DrawSampler(_drawStream, {AccumulationEmitter.Position(trainer)}, _model.Arena.Values.dtype, _device);");
            code.Line("return new Draws(");
            for (int i = 0; i < trainer.Draws.Count; i++)
            {
                var draw = trainer.Draws[i];
                code.Line($"    sampler.{draw.Sample($"ModelInput.Samples(batch.{draw.Role?.Name})")}{(i + 1 < trainer.Draws.Count ? "," : ");")}");
            }
        }
    }

    private static void WriteStep(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Summary("One update on a batch, with fresh random numbers.");
        using (code.Block("public Losses Step(Batch batch)"))
        {
            code.Line("using var draws = SampleDraws(batch);");
            code.Line("return Step(batch, draws);");
        }

        code.Line();
        code.Summary("One update on a batch with given random numbers: a pure function of the trainer's state, the batch and the draws.");
        using (code.Block("public Losses Step(Batch batch, Draws draws)"))
        {
            code.Line("Losses losses = ComputeGradients(batch, draws);");
            code.Line("ApplyGradients();");
            code.Line("return losses;");
        }

        code.Line();
        code.Summary($"Updates the parameters by the gradients in {Gradients(trainer)}, clears these and counts the step.");
        using (code.Block("public void ApplyGradients()"))
        {
            code.Line(TrainerState.Guard);
            if (trainer.Clipping is not null) code.Line("ClipGradient();");
            code.Line("Update(LearningRateAt(StepCount));");
            if (trainer.AfterUpdate.Nodes.Count > 0)
            {
                code.Line();
                using (code.Block("using (no_grad())"))
                    WriteAfterUpdate(code, trainer);
                code.Line();
            }

            code.Line("StepCount++;");
        }
    }

    private static string Gradients(TrainerProgram trainer) =>
        $"<c>Model.Arena.Gradients</c>{(trainer.Adapters.Count > 0 ? " and <c>Adapters.Gradients</c>" : "")}";

    private static void WriteAfterUpdate(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var node in trainer.AfterUpdate.Nodes)
        {
            var spelling = new Spelling(node, value => value.Name);
            code.Line($"{(trainer.Backward == Backward.Explicit ? node.Operation.Explicit(spelling) : node.Operation.Autograd(spelling))};");
        }
    }

    /// <summary>The gradient of an update on one batch, in a trainer whose updates may have several.</summary>
    private static void WriteComputeAlone(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Summary($"The losses of a batch that is an update of its own; adds their gradient to {Gradients(trainer)}.");
        using (code.Block("public Losses ComputeGradients(Batch batch, Draws draws)"))
        {
            code.Line("using var counts = CountWindow([batch]);");
            code.Line("return ComputeGradients(batch, draws, counts);");
        }
    }

    private static string WriteHead(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        if (!trainer.Accumulates)
        {
            code.Summary($"The losses of a batch; adds their gradient to {Gradients(trainer)}.");
            return "public Losses ComputeGradients(Batch batch, Draws draws)";
        }

        code.Summary(
            $"A batch's part of the losses of an update, which add up to them; adds their gradient to {Gradients(trainer)}.");
        code.Line("/// <param name=\"batch\">The data.</param>");
        code.Line("/// <param name=\"draws\">The random numbers.</param>");
        code.Line("/// <param name=\"counts\">What the means are over, in all batches of the update.</param>");
        return "public Losses ComputeGradients(Batch batch, Draws draws, Counts counts)";
    }

    private static void WriteRequirements(CodeWriter code, TrainerProgram trainer)
    {
        code.Line("Require(batch);");
        if (trainer.Draws.Count > 0) code.Line("ArgumentNullException.ThrowIfNull(draws);");
        foreach (var draw in trainer.Draws)
        {
            string samples = draw.Role is null ? "" : $", batch.{draw.Role.Name}.size(0)";
            code.Line($"DrawSampler.Require(nameof(draws.{draw.Name}), draws.{draw.Name}{samples});");
        }
    }

    /// <summary>The method that holds a batch against the declaration, before anything has changed.</summary>
    private static void WriteRequire(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Line("// Before anything has changed: a batch that is refused leaves the trainer as it was.");
        using (code.Block("private void Require(Batch batch)"))
        {
            code.Line("ArgumentNullException.ThrowIfNull(batch);");
            foreach (var role in trainer.Roles) code.Line(Requirement(trainer, role));
        }
    }

    private static string Requirement(TrainerProgram trainer, Role role)
    {
        string given = $"batch.{role.Name}", samples = $"batch.{trainer.Roles[0].Name}.size(0)";
        string sizes = string.Concat(role.Type.Shape.Dims.Skip(1).Select(dim => $", {(dim.IsKnown ? dim.ToString() : "ModelInput.Any")}"));
        string name = $"nameof({trainer.Declaration.Type.Name})";
        var inputs = trainer.Network.Inputs;
        var input = role.Name is "Input" or "Unlabeled" ? inputs[0] : inputs.FirstOrDefault(port => port.Name == role.InputName);
        return input is not null ? NetworkSignature.BatchRequirement(trainer.Network, input, "_model", given)
            : role.Classes > 0 ? $"ClassLabels.Require({name}, {given}, {role.Classes}, {samples}{sizes});"
            : $"Targets.Require({name}, nameof({given}), {given}, {samples}{sizes});";
    }

    private static void WritePrologue(CodeWriter code, TrainerProgram trainer)
    {
        code.Line("_losses.Dispose();");
        if (trainer.KeepsTeacher) code.Line("using var teacherMode = new TrainingMode(_teacher);");
        if (trainer.Accumulates) AccumulationEmitter.WriteShares(code, trainer);
        if (!TrainerState.HasDropout(trainer)) return;
        code.Line($"Generator dropout = _dropoutStream.At({AccumulationEmitter.Position(trainer)});");
        code.Line("_model.DropoutStream = dropout;");
        if (trainer.KeepsTeacher) code.Line("_teacher.DropoutStream = dropout;");
    }

    private static void WriteExplicit(CodeWriter code, TrainerProgram trainer)
    {
        var step = new ExplicitStep(trainer);
        using (code.Block(WriteHead(code, trainer)))
        {
            code.Line(TrainerState.Guard);
            WriteRequirements(code, trainer);
            code.Line("using var noGrad = no_grad();");
            WritePrologue(code, trainer);
            foreach (var role in trainer.Roles.Where(role => ReadsSize(step.Nodes, role.Symbol)).GroupBy(role => role.Symbol).Select(group => group.First()))
                code.Line($"long {Mean.SizeLocal(role.Symbol)} = batch.{role.Name}.size(0);");
            var body = new ExplicitBody(code, step.Plan, new Dictionary<Value, string>(),
                new Dictionary<Value, string>(), new HashSet<Node>(step.Nodes.Where(node => !step.Forward.Contains(node))));
            body.Write(step.Nodes);
            code.Line();
            code.Line($"return _losses = new Losses({string.Join(", ", step.Losses.Select(body.Name))});");
        }
    }

    private static bool ReadsSize(IReadOnlyList<Node> nodes, string symbol) => nodes.Any(node =>
        node.Operation is DivideBy divide && divide.Divisor.Code.Split(' ').Contains(Mean.SizeLocal(symbol)));

    private static void WriteAutograd(CodeWriter code, TrainerProgram trainer)
    {
        var computation = trainer.Computation;
        ShareSubexpressions.Run(computation);
        var losses = trainer.StepResults.Select(result => result.Value).ToList();
        DropDead.Run(computation, losses);
        using (code.Block(WriteHead(code, trainer)))
        {
            code.Line(TrainerState.Guard);
            WriteRequirements(code, trainer);
            code.Line("using var scope = NewDisposeScope();");
            code.Line("using var mode = new TrainingMode(_model);");
            WriteDetachment(code, trainer);
            WritePrologue(code, trainer);
            new AutogradBody(code).Write(computation.Nodes);
            code.Line();
            code.Line($"{AutogradBody.Name(trainer.Total)}.backward();");
            string results = string.Join(", ", losses.Select(loss => $"{AutogradBody.Name(loss)}.detach().DetachFromDisposeScope()"));
            code.Line($"return _losses = new Losses({results});");
        }
    }

    private static void WriteDetachment(CodeWriter code, TrainerProgram trainer)
    {
        var real = trainer.Roles.Where(role => role.Type.Element != ElementType.Int64).ToList();
        if (real.Count == 0) return;
        code.Line();
        code.Line("// A batch is data: no gradient goes on into what it was computed from.");
        code.Line($"batch = batch with {{ {string.Join(", ", real.Select(role => $"{role.Name} = batch.{role.Name}.detach()"))} }};");
        code.Line();
    }

    private static void WriteClip(CodeWriter code, GradientClipping clipping)
    {
        code.Line();
        code.Line($"// {clipping.Comment}");
        using (code.Block("private void ClipGradient()"))
        {
            code.Line("using var noGrad = no_grad();");
            code.Line("using var scope = NewDisposeScope();");
            foreach (string line in clipping.Body) code.Line(line);
        }
    }
}
