using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Passes;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>One update: draws, then for each phase losses and gradients and the optimizer, then what follows it.</summary>
internal static class StepEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        WriteSampleDraws(code, trainer);
        WriteStep(code, trainer);
        if (trainer.Accumulates) AccumulationEmitter.WriteStep(code, trainer);
        if (trainer.TakesParts)
        {
            AccumulationEmitter.WriteCountWindow(code, trainer);
            WriteComputeAlone(code, trainer);
        }

        foreach (var phase in trainer.Phases) WritePhase(code, trainer, phase);
        RequirementEmitter.Write(code, trainer);
        foreach (var phase in trainer.Phases)
            if (phase.Clipping is { } clipping) WriteClip(code, phase, clipping);
        InputGradientEmitter.Write(code, trainer);
        NetworkAtEmitter.Write(code, trainer);
    }

    private static void WriteSampleDraws(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Summary("The random numbers of the next step, from the trainer's own stream.");
        if (trainer.Draws.Count == 0)
        {
            code.Line("public static Draws SampleDraws(Batch batch) => Draws.None;");
            return;
        }

        using (code.Block("public Draws SampleDraws(Batch batch)"))
        {
            code.Line(TrainerState.Guard);
            code.Line("ArgumentNullException.ThrowIfNull(batch);");
            code.Line(
                $"var sampler = new DrawSampler(_drawStream, {AccumulationEmitter.Position(trainer)}, "
                + $"{trainer.Model.Arena}.Values.dtype, _device);");
            code.Line("return new Draws(");
            for (int i = 0; i < trainer.Draws.Count; i++)
            {
                var draw = trainer.Draws[i];
                string samples = draw.Rows?.Code(symbol => Samples(trainer, symbol)) ?? "";
                code.Line($"    sampler.{draw.Sample(samples)}{(i + 1 < trainer.Draws.Count ? "," : ");")}");
            }
        }
    }

    // By a name that is told where the part is null or freed.
    private static string Samples(TrainerProgram trainer, string symbol) =>
        trainer.Fields.FirstOrDefault(field => field.Stream.Symbol == symbol) is { } sample
            ? $"ModelInput.Samples(batch.{sample.Name})" : Size(trainer, symbol);

    private static string Size(TrainerProgram trainer, string symbol) => RequirementEmitter.Size(trainer, symbol);

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
        code.Summary(
            "One update on a batch with given random numbers: a pure function of the trainer's state, the batch and the draws.");
        using (code.Block("public Losses Step(Batch batch, Draws draws)"))
        {
            if (trainer.HasSeveralPhases)
            {
                code.Line(trainer.Phases.Any(phase => phase.IsExplicit) ? TrainerState.StepEntry : TrainerState.Entry);
                RequirementEmitter.WriteCalls(code, trainer);
                code.Line("_losses.Dispose();");
                foreach (var phase in trainer.Phases) WriteDescent(code, trainer, phase);
                WriteEnd(code, trainer);
                var results = trainer.PhasesAsReported.SelectMany(phase => trainer.ResultsOf(phase)
                    .Select(result => $"{Local(phase)}{(phase.Every is null ? "" : "?")}.{result.Member}"));
                code.Line($"return _losses = new Losses({string.Join(", ", results)});");
            }
            else
            {
                if (trainer.OverlapsSum) code.Line($"Ranks.Overlap({trainer.Model.Arena});");
                code.Line("Losses losses = ComputeGradients(batch, draws);");
                code.Line("ApplyGradients();");
                code.Line("return losses;");
            }
        }

        foreach (var phase in trainer.Phases) WriteApply(code, trainer, phase);
    }

    private static void WriteDescent(CodeWriter code, TrainerProgram trainer, Phase phase)
    {
        string compute = $"Compute{Suffix(phase)}Gradients(batch, draws);";
        if (phase.Every is not { } every)
        {
            code.Line($"var {Local(phase)} = {compute}");
            code.Line($"Apply{Suffix(phase)}Gradients();");
            return;
        }

        code.Line($"{Results(trainer, phase)}? {Local(phase)} = null;");
        using (code.Block($"if ((StepCount + 1) % {every} == 0)"))
        {
            code.Line($"{Local(phase)} = {compute}");
            code.Line($"Apply{Suffix(phase)}Gradients();");
        }

        code.Line();
    }

    /// <summary>What a phase's losses are together, a type of C#.</summary>
    private static string Results(TrainerProgram trainer, Phase phase) =>
        $"({string.Join(", ", trainer.ResultsOf(phase).Select(result => $"Tensor {result.Member}"))})";

    private static string Suffix(Phase phase) => phase.Name;

    private static string Local(Phase phase) => phase.Name.Length == 0 ? "main" : Casing.Variable(phase.Name);

    private static void WriteApply(CodeWriter code, TrainerProgram trainer, Phase phase)
    {
        code.Line();
        bool isSole = !trainer.HasSeveralPhases;
        if (isSole)
        {
            code.Summary($"Updates the parameters by the gradients in {Gradients(phase)}, clears these and counts the step.");
            NonFiniteEmitter.WriteDocumentation(code, trainer);
        }

        using (code.Block($"{(isSole ? "public" : "private")} void Apply{Suffix(phase)}Gradients()"))
        {
            if (isSole)
            {
                code.Line(TrainerState.Entry);
                if (trainer.HasRanks) RankEmitter.WriteReduction(code, trainer, phase);
                NonFiniteEmitter.WriteCheck(code, trainer);
            }

            code.Line("HoldFrozen();");
            foreach (string line in phase.BeforeClipping) code.Line(line);
            if (phase.Clipping is not null) code.Line($"Clip{Suffix(phase)}Gradient();");
            if (phase.BeforeUpdate.Count + phase.BehindUpdate.Count > 0) code.Line("using var unrecorded = Aten.no_grad();");
            foreach (string line in phase.BeforeUpdate) code.Line(line);
            code.Line($"Update{Suffix(phase)}({LearningRate(phase)}{NonFiniteEmitter.RateFactor(trainer)});");
            foreach (string line in phase.BehindUpdate) code.Line(line);
            code.Line("ReleaseFrozen();");
            if (phase.AfterUpdate.Nodes.Count > 0)
            {
                using (code.Block("using (Aten.no_grad())")) WriteEffects(code, phase.AfterUpdate, phase.IsExplicit);
            }

            if (isSole) WriteEnd(code, trainer);
        }
    }

    // Every phase follows the schedule from a learning rate of its own.
    private static string LearningRate(Phase phase) => phase.Prefix.Length == 0
        ? "LearningRateAt(StepCount)"
        : $"{phase.Prefix}LearningRate / LearningRate * LearningRateAt(StepCount)";

    /// <summary>What follows the updates of a step; of the trained network's, where not every step has it.</summary>
    private static void WriteEnd(CodeWriter code, TrainerProgram trainer)
    {
        if (trainer.AfterUpdate.Nodes.Count > 0)
        {
            code.Line();
            using (code.Block(
                trainer.Main.Every is { } every ? $"if ((StepCount + 1) % {every} == 0)" : "using (Aten.no_grad())"))
            {
                if (trainer.Main.Every is not null) code.Line("using var noGrad = Aten.no_grad();");
                WriteEffects(code, trainer.AfterUpdate, trainer.Main.IsExplicit);
            }

            code.Line();
        }

        code.Line("StepCount++;");
    }

    private static string Gradients(Phase phase) =>
        string.Join(" and ", phase.Arenas.Select(arena => $"<c>{arena.Member}.Gradients</c>"));

    private static void WriteEffects(CodeWriter code, Computation computation, bool isExplicit)
    {
        foreach (var node in computation.Nodes)
        {
            var spelling = new Spelling(node, value => value.Name);
            code.Line($"{(isExplicit ? node.Operation.Explicit(spelling) : node.Operation.Autograd(spelling))};");
        }
    }

    /// <summary>The gradient of an update on one batch, in a trainer whose updates may have several.</summary>
    private static void WriteComputeAlone(CodeWriter code, TrainerProgram trainer)
    {
        code.Line();
        code.Summary($"The losses of a batch that is an update of its own; adds their gradient to {Gradients(trainer.Main)}.");
        using (code.Block("public Losses ComputeGradients(Batch batch, Draws draws)"))
        {
            code.Line("using var counts = CountWindow([batch]);");
            code.Line("return ComputeGradients(batch, draws, counts);");
        }
    }

    private static string WriteHead(CodeWriter code, TrainerProgram trainer, Phase phase)
    {
        code.Line();
        if (trainer.HasSeveralPhases)
        {
            code.Line($"// The losses of the descent of the {Local(phase)}; adds their gradient to that in its arena.");
            return $"private {Results(trainer, phase)} Compute{Suffix(phase)}Gradients(Batch batch, Draws draws)";
        }

        if (!trainer.TakesParts)
        {
            code.Summary($"The losses of a batch; adds their gradient to {Gradients(phase)}.");
            return "public Losses ComputeGradients(Batch batch, Draws draws)";
        }

        code.Summary(
            $"A batch's part of the losses of an update, which add up to them; adds their gradient to {Gradients(phase)}.");
        code.Line("/// <param name=\"batch\">The data.</param>");
        code.Line("/// <param name=\"draws\">The random numbers.</param>");
        code.Line("/// <param name=\"counts\">What the means are over, in all batches of the update.</param>");
        return "public Losses ComputeGradients(Batch batch, Draws draws, Counts counts)";
    }

    /// <summary>What stands before the operations of a phase: modes, masks, sizes.</summary>
    private static void WritePrologue(CodeWriter code, TrainerProgram trainer, Phase phase, IReadOnlyList<Node> nodes)
    {
        if (!trainer.HasSeveralPhases) code.Line("_losses.Dispose();");
        var called = nodes.Select(node => node.Operation switch { Call call => call.Member, Ask ask => ask.Member, _ => "" })
            .ToList();
        foreach (var player in trainer.Players.Where(player => called.Contains(player.Field) && NeedsMode(player, phase, nodes)))
            code.Line($"using var {player.Name}Mode = new TrainingMode({player.Field});");
        if (!phase.IsExplicit)
        {
            // A network that the gradient only passes through.
            foreach (var player in trainer.Players.Where(player =>
                player.Origin is Origin.Learned && !phase.Learners.Contains(player)
                && nodes.Any(node => node.Operation is Call call && call.Member == player.Field)))
                code.Line($"using var {player.Name}Fixed = new ConstantParameters({player.Field});");
        }

        foreach (var (player, statement) in trainer.BeforePasses)
            if (called.Contains(player.Field)) code.Line(statement);
        if (trainer.TakesParts) AccumulationEmitter.WriteShares(code, trainer);
        NonFiniteEmitter.WriteBegin(code, trainer);
        var dropping = trainer.Players.Where(player => player.IsKept && player.HasDropout && called.Contains(player.Field))
            .ToList();
        if (dropping.Count > 0)
        {
            code.Line(
                $"Generator dropout = {TrainerState.DropoutStream(trainer, phase)}.At({AccumulationEmitter.Position(trainer)});");
        }

        foreach (var player in dropping) code.Line($"{player.Field}.DropoutStream = dropout;");
    }

    // A training pass of backward operations is one in training mode whatever the module was set to; any other goes by the
    // module.
    private static bool NeedsMode(Player player, Phase phase, IReadOnlyList<Node> nodes) => player.Origin switch
    {
        Origin.Learned => !phase.IsExplicit || nodes.Any(node => node.Operation is Ask ask && ask.Member == player.Field),
        Origin.Average average => average.Trains,
        _ => false,
    };

    private static void WritePhase(CodeWriter code, TrainerProgram trainer, Phase phase)
    {
        var plan = new StepPlan(trainer, phase);
        WritePhase(code, trainer, phase, plan);
        if (phase.IsExplicit) RegionEmitter.Write(code, plan.Nodes);
    }

    private static void WritePhase(CodeWriter code, TrainerProgram trainer, Phase phase, StepPlan plan)
    {
        string head = WriteHead(code, trainer, phase);
        if (phase.Remembered is { } memory) head = MemoryEmitter.Write(code, trainer, memory, head);
        if (phase.Place is { } place) head = PlaceEmitter.Write(code, trainer, phase, place, head);
        using (code.Block(head))
        {
            if (!trainer.HasSeveralPhases)
            {
                code.Line(phase.IsExplicit ? TrainerState.StepEntry : TrainerState.Entry);
                RequirementEmitter.WriteCalls(code, trainer);
            }

            code.Line(phase.IsExplicit ? "using var noGrad = Aten.no_grad();" : "using var scope = NewDisposeScope();");
            if (!phase.IsExplicit) RequirementEmitter.WriteDetachment(code, trainer);
            WritePrologue(code, trainer, phase, plan.Nodes);
            var symbols = new HashSet<string>(plan.Nodes.SelectMany(node =>
                phase.IsExplicit || node.Operation is not BackwardOperation ? node.Operation.Symbols : []));
            var counted = trainer.Fields.Where(field => field.Port is not null).SelectMany(field => field.Type.Shape.Dims)
                .Select(dim => dim.Symbol).OfType<string>();
            foreach (string symbol in trainer.Streams.Select(stream => stream.Symbol).Concat(counted).Distinct()
                .Where(symbols.Contains))
                code.Line($"long {Scalar.Size.Local(symbol)} = {Size(trainer, symbol)};");
            if (symbols.Contains(PackPlaces.Symbol))
            {
                var lengths = plan.Nodes.First(node => node.Operation is PackPlaces).Inputs[1].Producer.Operation;
                string count = $"SequenceEnds.Count({((Leaf)lengths).Member})";
                code.Line($"long {Scalar.Size.Local(PackPlaces.Symbol)} = {count};");
            }

            if (phase.IsExplicit)
            {
                var body = new ExplicitBody(
                    code, plan.Memory, new Dictionary<Value, string>(), new Dictionary<Value, string>(), plan.Backward);
                body.Write(plan.Nodes);
                code.Line();
                WriteReturn(code, trainer, string.Join(", ", plan.Losses.Select(body.Name)));
            }
            else
            {
                if (phase.Each is not null)
                {
                    WriteRows(code, trainer, phase, plan);
                    return;
                }

                new AutogradBody(code).Write(plan.Nodes);
                code.Line();
                WriteBackward(code, phase);
                string results = string.Join(
                    ", ", plan.Losses.Select(loss => $"{AutogradBody.Name(loss)}.detach().DetachFromDisposeScope()"));
                WriteReturn(code, trainer, results);
            }
        }
    }

    private static void WriteBackward(CodeWriter code, Phase phase)
    {
        if (phase.Combination is not { } combination)
        {
            code.Line($"{AutogradBody.Name(phase.Total)}.backward();");
            return;
        }

        code.Line($"{combination.Field}.Backward([{Summands(true)}], [{Summands(false)}]"
            + $"{(combination.Arguments.Length > 0 ? ", " : "")}{combination.Arguments});");

        string Summands(bool areObjectives) => string.Join(", ", phase.Terms
            .Zip(phase.Summands, (term, summand) => (term.IsObjective, Name: AutogradBody.Name(summand)))
            .Where(pair => pair.IsObjective == areObjectives).Select(pair => pair.Name));
    }

    // Row by row: what a row's gradient needs is freed before the next one.
    private static void WriteRows(CodeWriter code, TrainerProgram trainer, Phase phase, StepPlan plan)
    {
        var results = trainer.ResultsOf(phase).Select(result => result.Member).ToList();
        foreach (string result in results)
            code.Line($"Tensor sumOf{result} = zeros(Array.Empty<long>(), {trainer.Model.Arena}.Values.dtype, _device);");
        string counter = RowAtHand.Counter;
        using (code.Block($"for (long {counter} = 0; {counter} < {Scalar.Size.Local(phase.Each!.Symbol)}; {counter}++)"))
        {
            code.Line("using var ofRow = NewDisposeScope();");
            new AutogradBody(code).Write(plan.Nodes);
            code.Line();
            code.Line($"{AutogradBody.Name(phase.Total)}.backward();");
            for (int i = 0; i < results.Count; i++)
                code.Line($"Aten.add_(sumOf{results[i]}, {AutogradBody.Name(plan.Losses[i])}.detach());");
        }

        code.Line();
        WriteReturn(code, trainer, string.Join(", ", results.Select(result => $"sumOf{result}.DetachFromDisposeScope()")));
    }

    private static void WriteReturn(CodeWriter code, TrainerProgram trainer, string results)
    {
        if (trainer.HasSeveralPhases) code.Line($"return ({results});");
        else NonFiniteEmitter.WriteReturn(code, trainer, results);
    }

    private static void WriteClip(CodeWriter code, Phase phase, GradientClipping clipping)
    {
        code.Line();
        code.Line($"// {clipping.Comment}");
        using (code.Block($"private void Clip{Suffix(phase)}Gradient()"))
        {
            code.Line("using var noGrad = Aten.no_grad();");
            if (clipping.HasTemporaries) code.Line("using var scope = NewDisposeScope();");
            foreach (string line in clipping.Body) code.Line(line);
        }
    }
}
