using System.Collections.Generic;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>The optimizers' updates: one fused pass over the CPU's memory; on another device a kernel, or tensor
/// operations.</summary>
internal static class UpdateEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        foreach (var phase in trainer.Phases)
        {
            new PhaseUpdate(code, trainer, phase, phase.Update, "").Write();
            if (phase.Update.Others is { } others) new PhaseUpdate(code, trainer, phase, others, "Others").WriteParameters();
        }
    }

    /// <summary>The update of one phase, or of those of its parameters that have another one.</summary>
    private sealed class PhaseUpdate(CodeWriter code, TrainerProgram trainer, Phase phase, UpdateProgram program, string whose)
    {
        private readonly UpdateProgram _update = program;

        private readonly string _suffix = whose + phase.Name;

        // Where there are several arenas, methods take one of them, with what the optimizer keeps for it.
        private readonly bool _takesArena = phase.Arenas.Count > 1;

        private bool TakesMatrices => _update.Others is not null;

        // Whether methods take a range of the arena: of parameters with the same settings, or of this rank's shard.
        private bool TakesRange => _update.IsPartwise || trainer.ShardsOptimizer;

        private string Inner => (TakesRange ? "UpdatePart" : "Update") + _suffix;

        private string ArenaCode => _takesArena ? "trained.Arena" : phase.Arenas[0].Code;

        private List<(string Type, string Name)> Parameters =>
        [
            .. _takesArena ? new[] { ($"Trained{phase.Name}", "trained") } : [],
            .. TakesRange ? new[] { ("long", "from"), ("long", "to") } : [],
            ("double", "learningRate"),
            .. _update.IsPartwise && _update.Decays ? new[] { ("double", UpdateProgram.Decay) } : [],
            .. _update.IsLayerwise ? new[] { ("bool", UpdateProgram.Adapts) } : [],
            .. TakesMatrices ? new[] { ("long", UpdateProgram.Rows), ("long", UpdateProgram.Columns) } : [],
        ];

        private string Declared => string.Join(", ", Parameters.Select(parameter => $"{parameter.Type} {parameter.Name}"));

        private string Given => string.Join(", ", Parameters.Select(parameter => parameter.Name));

        /// <summary>One element's name, the vector's, the tensor that holds it, and where the first parameter is in that: what
        /// is kept of a shard begins with it.</summary>
        private IReadOnlyList<(string Element, string Name, string Tensor, string Start)> Vectors =>
        [
            (UpdateProgram.Parameters, "parameters", ArenaCode + ".Trainable", ""),
            (UpdateProgram.Gradients, "gradients", ArenaCode + ".Gradients", ""),
            .. _update.State.Select(state =>
                (state.Element, state.Name, _takesArena ? $"trained.{state.Member}" : phase.Arenas[0].Field(state),
                    trainer.ShardsOptimizer ? " - first" : "")),
        ];

        public void Write()
        {
            if (_takesArena) WriteArenas();
            else if (TakesRange) WriteParts();
            WriteParameters();
        }

        /// <summary>The methods that change parameters.</summary>
        public void WriteParameters()
        {
            if (phase.IsExplicit)
            {
                code.Line();
                using (code.Block($"private void {Inner}({Declared})"))
                {
                    WriteEmptyRange();
                    code.Line($"if ({ArenaCode}.IsFused) UpdateFused{_suffix}({Given});");
                    code.Line($"else UpdateTensors{_suffix}({Given});");
                }

                WriteFused();
            }

            WriteTensors(phase.IsExplicit ? $"UpdateTensors{_suffix}" : Inner);
        }

        private void WriteArenas()
        {
            code.Line();
            code.Line("// Parameters, with what the optimizer keeps for them.");
            string members = string.Concat(_update.AllState.Select(vector => $", Tensor {vector.Member}"));
            code.Line($"private readonly record struct Trained{phase.Name}(ParameterArena Arena{members});");
            code.Line();
            using (code.Block($"private void Update{phase.Name}(double learningRate)"))
            {
                for (int i = 0; i < phase.Arenas.Count; i++)
                {
                    var arena = phase.Arenas[i];
                    string trained =
                        $"new Trained{phase.Name}({string.Join(", ", _update.AllState.Select(arena.Field).Prepend(arena.Code))})";
                    if (!_update.IsPartwise)
                    {
                        code.Line($"{Inner}({trained}, {trainer.RateOf(arena)});");
                        continue;
                    }

                    string local = arena.IsOwn ? "adapters" : arena.Owner.Length == 0 ? "network" : arena.Owner;
                    code.Line($"var {local} = {trained};");
                    foreach (var part in _update.Parts[i]) WritePart(part, local + ", ");
                }
            }
        }

        private void WriteParts()
        {
            code.Line();
            if (_update.IsPartwise)
                code.Line("// Parameters with the same settings that stand side by side in the arena are one part.");
            if (trainer.ShardsOptimizer) code.Line("// Each rank updates its shard, and gets those of the others.");
            using (code.Block($"private void Update{phase.Name}(double learningRate)"))
            {
                if (trainer.ShardsOptimizer) code.Line($"var (first, end) = ShardOf({ArenaCode});");
                if (_update.IsPartwise)
                {
                    foreach (var part in _update.Parts[0]) WritePart(part, "");
                }
                else
                {
                    code.Line($"{Inner}(first, end, learningRate);");
                }

                if (!trainer.ShardsOptimizer) return;
                code.Line($"GatherShards({ArenaCode});");
            }
        }

        private void WritePart(UpdatePart part, string trained)
        {
            string from = trainer.ShardsOptimizer ? $"Math.Max({part.From}, first)" : $"{part.From}";
            string to = trainer.ShardsOptimizer ? $"Math.Min({part.To}, end)" : $"{part.To}";
            List<string> arguments = [from, to, part.LearningRate];
            if (_update.Decays) arguments.Add(part.WeightDecay);
            if (_update.IsLayerwise) arguments.Add(Spelling.Bool(part.Adapts));
            code.Line($"// {part.Comment}");
            if (part.Matrix is var (rows, columns)) arguments.AddRange([$"{rows}", $"{columns}"]);
            string method = TakesMatrices && part.Matrix is null ? $"UpdatePartOthers{phase.Name}" : Inner;
            code.Line($"{method}({trained}{string.Join(", ", arguments)});");
        }

        private void WriteFused()
        {
            code.Line();
            string passes = _update.Statements.Skip(1).Any(statement => statement.IsBetweenPasses) ? "Two passes"
                : "One pass";
            code.Line(
                $"// {passes} over {(TakesRange ? "the part" : "all parameters")}; the gradient is cleared while it is "
                + "at hand.");
            using (code.Block($"private void UpdateFused{_suffix}({Declared})"))
            {
                WriteStepNumber();
                foreach (var (name, expression) in _update.Coefficients)
                {
                    string operand = expression.Contains(" ") || expression.StartsWith("-") ? $"({expression})" : expression;
                    code.Line($"var {name} = new Vector<float>((float){operand});");
                }

                WriteArena();
                WriteShard();
                foreach (var (_, name, tensor, start) in Vectors)
                {
                    string range = TakesRange ? $", from{start}, to{start}" : "";
                    code.Line($"Span<Vector<float>> {name} = ParameterArena.Vectors({tensor}{range});");
                }

                if (_update.Statements.Count == 0) WritePass([], isLast: true);
                foreach (var pass in _update.Passes)
                {
                    if (pass.Whole is not { } whole)
                    {
                        WritePass(pass.Statements, pass.IsLast);
                        continue;
                    }

                    code.Line();
                    code.Line(whole.Fused());
                }
            }
        }

        private void WritePass(IReadOnlyList<UpdateStatement> statements, bool isLast)
        {
            var touched = new HashSet<string>(statements.SelectMany(statement => statement.Vectors));
            if (isLast) touched.Add(UpdateProgram.Gradients);
            using (code.Block($"for (int i = 0; i < {(statements.Count == 0 ? "gradients" : "parameters")}.Length; i++)"))
            {
                foreach (var (element, name, _, _) in Vectors)
                    if (touched.Contains(element)) code.Line($"ref var {element} = ref {name}[i];");
                foreach (var statement in statements) code.Line(statement.Fused());
                if (isLast) code.Line($"{UpdateProgram.Gradients} = Vector<float>.Zero;");
            }
        }

        private void WriteTensors(string method)
        {
            var kernels = new UpdateKernels(code, _update, _suffix, Vectors.Select(vector => (vector.Element, vector.Name)));
            kernels.WriteSources();
            code.Line();
            using (code.Block($"private void {method}({Declared})"))
            {
                if (method == Inner) WriteEmptyRange();
                code.Line("using var noGrad = Aten.no_grad();");
                code.Line("using var scope = NewDisposeScope();");
                WriteStepNumber();
                foreach (var (name, expression) in _update.Coefficients) code.Line($"double {name} = {expression};");
                WriteArena();
                WriteShard();
                foreach (var (_, name, tensor, start) in Vectors)
                {
                    string range = TakesRange ? $".narrow(0, from{start}, to - from)" : "";
                    code.Line($"Tensor {name} = {tensor}{range};");
                }

                if (_update.Statements.Count == 0)
                {
                    code.Line("gradients.zero_();");
                    return;
                }

                using (code.Block("if (CudaKernel.CanRun(parameters))")) kernels.WriteLaunches();
                using (code.Block("else"))
                {
                    foreach (var statement in _update.Statements) code.Line(statement.Tensors(kernels.Tensor));
                    code.Line("gradients.zero_();");
                }
            }
        }

        // Parameters with settings of their own may all be another rank's.
        private void WriteEmptyRange()
        {
            if (trainer.ShardsOptimizer) code.Line("if (from >= to) return;");
        }

        private void WriteShard()
        {
            if (trainer.ShardsOptimizer && _update.State.Count > 0) code.Line($"long first = ShardOf({ArenaCode}).First;");
        }

        private void WriteArena()
        {
            if (TakesMatrices) code.Line($"ParameterArena {UpdateProgram.Arena} = {ArenaCode};");
        }

        private void WriteStepNumber()
        {
            if (_update.ReadsStepNumber) code.Line($"long t = {phase.UpdateNumber};");
        }
    }
}
