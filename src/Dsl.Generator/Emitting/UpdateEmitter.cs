using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Emitting;

/// <summary>The optimizer's update: one fused pass over the CPU's memory, or tensor operations on another device.</summary>
internal static class UpdateEmitter
{
    // Where there are two arenas, methods take one of them, with what the optimizer keeps for it.
    private const string TrainedParameter = "Trained trained";

    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        var update = trainer.Update;
        bool isExplicit = trainer.Backward == Backward.Explicit;
        bool several = trainer.Arenas.Count > 1;
        if (several) WriteArenas(code, trainer);
        else if (update.IsPartwise) WriteParts(code, update);
        string inner = update.IsPartwise ? "UpdatePart" : "Update";
        if (isExplicit)
        {
            code.Line();
            using (code.Block($"private void {inner}({Parameters(update, several)})"))
            {
                code.Line($"if ({Arena(several)}.IsFused) UpdateFused({Arguments(update, several)});");
                code.Line($"else UpdateTensors({Arguments(update, several)});");
            }

            WriteFused(code, update, several);
        }

        WriteTensors(code, update, several, isExplicit ? "UpdateTensors" : inner);
    }

    private static void WriteArenas(CodeWriter code, TrainerProgram trainer)
    {
        var update = trainer.Update;
        code.Line();
        code.Line("// Parameters, with what the optimizer keeps for them.");
        code.Line($"private readonly record struct Trained(ParameterArena Arena{string.Concat(update.State.Select(vector => $", Tensor {AdapterEmitter.Member(vector)}"))});");
        code.Line();
        using (code.Block("private void Update(double learningRate)"))
        {
            string network = string.Join(", ", ["_model.Arena", .. update.State.Select(vector => TrainerState.Field(vector.Name))]);
            string adapters = string.Join(", ", [AdapterEmitter.Arena, .. update.State.Select(AdapterEmitter.Field)]);
            if (!update.IsPartwise)
            {
                code.Line($"Update(new Trained({network}), learningRate);");
                code.Line($"Update(new Trained({adapters}), learningRate);");
                return;
            }

            code.Line($"var network = new Trained({network});");
            foreach (var part in update.Parts) WritePart(code, update, part, "network, ");
            code.Line($"var adapters = new Trained({adapters});");
            foreach (var part in update.AdapterParts) WritePart(code, update, part, "adapters, ");
        }
    }

    private static void WriteParts(CodeWriter code, UpdateProgram update)
    {
        code.Line();
        code.Line("// Parameters with the same settings that stand side by side in the arena are one part.");
        using (code.Block("private void Update(double learningRate)"))
            foreach (var part in update.Parts) WritePart(code, update, part, "");
    }

    private static void WritePart(CodeWriter code, UpdateProgram update, UpdatePart part, string trained)
    {
        List<string> arguments = [$"{part.From}", $"{part.To}", part.LearningRate];
        if (update.Decays) arguments.Add(part.WeightDecay);
        if (update.IsLayerwise) arguments.Add(Spelling.Bool(part.Adapts));
        code.Line($"// {part.Comment}");
        code.Line($"UpdatePart({trained}{string.Join(", ", arguments)});");
    }

    private static string Arena(bool several) => several ? "trained.Arena" : "_model.Arena";

    private static string Parameters(UpdateProgram update, bool several) => string.Join(", ",
    [
        .. several ? new[] { TrainedParameter } : [],
        .. update.IsPartwise ? new[] { "long from", "long to" } : [],
        "double learningRate",
        .. update.IsPartwise && update.Decays ? new[] { $"double {UpdateProgram.Decay}" } : [],
        .. update.IsLayerwise ? new[] { $"bool {UpdateProgram.Adapts}" } : [],
    ]);

    private static string Arguments(UpdateProgram update, bool several) =>
        string.Join(", ", Parameters(update, several).Split([", "], System.StringSplitOptions.None).Select(parameter => parameter.Split(' ')[1]));

    private static void WriteFused(CodeWriter code, UpdateProgram update, bool several)
    {
        code.Line();
        code.Line($"// {(update.Statements.Skip(1).Any(statement => statement is UpdateStatement.Trust) ? "Two passes" : "One pass")} over {(update.IsPartwise ? "the part" : "all parameters")}; the gradient is cleared while it is at hand.");
        using (code.Block($"private void UpdateFused({Parameters(update, several)})"))
        {
            WriteStepNumber(code, update);
            foreach (var (name, expression) in update.Coefficients)
                code.Line($"var {name} = new Vector<float>((float){(expression.Contains(" ") || expression.StartsWith("-") ? $"({expression})" : expression)});");
            string range = update.IsPartwise ? ", from, to" : "";
            foreach (var (_, name, tensor) in Vectors(update, several))
                code.Line($"Span<Vector<float>> {name} = ParameterArena.Vectors({tensor}{range});");
            for (int first = 0; first < update.Statements.Count;)
            {
                if (update.Statements[first] is UpdateStatement.Trust trust)
                {
                    code.Line();
                    code.Line(trust.Fused());
                    first++;
                }

                var pass = update.Statements.Skip(first).TakeWhile(statement => statement is not UpdateStatement.Trust).Select(statement => statement.Fused()).ToList();
                first += pass.Count;
                if (first == update.Statements.Count) pass.Add($"{UpdateProgram.Gradients} = Vector<float>.Zero;");
                if (pass.Count > 0) WritePass(code, update, several, pass);
            }
        }
    }

    private static void WritePass(CodeWriter code, UpdateProgram update, bool several, List<string> statements)
    {
        using (code.Block("for (int i = 0; i < parameters.Length; i++)"))
        {
            foreach (var (element, name, _) in Vectors(update, several))
                if (statements.Any(statement => Regex.IsMatch(statement, $@"\b{element}\b"))) code.Line($"ref var {element} = ref {name}[i];");
            foreach (string statement in statements) code.Line(statement);
        }
    }

    private static void WriteTensors(CodeWriter code, UpdateProgram update, bool several, string method)
    {
        code.Line();
        using (code.Block($"private void {method}({Parameters(update, several)})"))
        {
            code.Line("using var noGrad = no_grad();");
            code.Line("using var scope = NewDisposeScope();");
            WriteStepNumber(code, update);
            foreach (var (name, expression) in update.Coefficients) code.Line($"double {name} = {expression};");
            string range = update.IsPartwise ? ".narrow(0, from, to - from)" : "";
            foreach (var (_, name, tensor) in Vectors(update, several)) code.Line($"Tensor {name} = {tensor}{range};");
            var names = Vectors(update, several).ToDictionary(vector => vector.Element, vector => vector.Name);
            foreach (var statement in update.Statements) code.Line(statement.Tensors(vector => names.TryGetValue(vector, out string? name) ? name : vector));
            code.Line("gradients.zero_();");
        }
    }

    private static void WriteStepNumber(CodeWriter code, UpdateProgram update)
    {
        if (update.Coefficients.Any(coefficient => Regex.IsMatch(coefficient.Code, @"\bt\b"))) code.Line("long t = StepCount + 1;");
    }

    /// <summary>One element's name, the vector's, and the tensor that holds it.</summary>
    private static (string Element, string Name, string Tensor)[] Vectors(UpdateProgram update, bool several) =>
    [
        (UpdateProgram.Parameters, "parameters", Arena(several) + ".Trainable"),
        (UpdateProgram.Gradients, "gradients", Arena(several) + ".Gradients"),
        .. update.State.Select(state => (state.Element, state.Name, several ? $"trained.{AdapterEmitter.Member(state)}" : TrainerState.Field(state.Name))),
    ];
}
