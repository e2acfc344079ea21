using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using Dsl.Generator.Graph;

namespace Dsl.Generator.Emitting;

/// <summary>The optimizer's update: one fused pass over the CPU's memory, or tensor operations on another device.</summary>
internal static class UpdateEmitter
{
    public static void Write(CodeWriter code, TrainerProgram trainer)
    {
        var update = trainer.Update;
        bool isExplicit = trainer.Backward == Backward.Explicit;
        if (update.IsPartwise) WriteParts(code, update);
        if (isExplicit)
        {
            code.Line();
            using (code.Block($"private void {(update.IsPartwise ? "UpdatePart" : "Update")}({Parameters(update)})"))
            {
                code.Line($"if (_model.Arena.IsFused) UpdateFused({Arguments(update)});");
                code.Line($"else UpdateTensors({Arguments(update)});");
            }

            WriteFused(code, update);
        }

        WriteTensors(code, update, isExplicit ? "UpdateTensors" : update.IsPartwise ? "UpdatePart" : "Update");
    }

    private static void WriteParts(CodeWriter code, UpdateProgram update)
    {
        code.Line();
        code.Line("// Parameters with the same settings that stand side by side in the arena are one part.");
        using (code.Block("private void Update(double learningRate)"))
        {
            foreach (var part in update.Parts)
            {
                List<string> arguments = [$"{part.From}", $"{part.To}", part.LearningRate];
                if (update.Decays) arguments.Add(part.WeightDecay);
                if (update.IsLayerwise) arguments.Add(Spelling.Bool(part.Adapts));
                code.Line($"// {part.Comment}");
                code.Line($"UpdatePart({string.Join(", ", arguments)});");
            }
        }
    }

    private static string Parameters(UpdateProgram update) => string.Join(", ",
    [
        .. update.IsPartwise ? new[] { "long from", "long to" } : [],
        "double learningRate",
        .. update.IsPartwise && update.Decays ? new[] { $"double {UpdateProgram.Decay}" } : [],
        .. update.IsLayerwise ? new[] { $"bool {UpdateProgram.Adapts}" } : [],
    ]);

    private static string Arguments(UpdateProgram update) =>
        string.Join(", ", Parameters(update).Split([", "], System.StringSplitOptions.None).Select(parameter => parameter.Split(' ')[1]));

    private static void WriteFused(CodeWriter code, UpdateProgram update)
    {
        code.Line();
        code.Line($"// {(update.Statements.Skip(1).Any(statement => statement is UpdateStatement.Trust) ? "Two passes" : "One pass")} over {(update.IsPartwise ? "the part" : "all parameters")}; the gradient is cleared while it is at hand.");
        using (code.Block($"private void UpdateFused({Parameters(update)})"))
        {
            WriteStepNumber(code, update);
            foreach (var (name, expression) in update.Coefficients)
                code.Line($"var {name} = new Vector<float>((float){(expression.Contains(" ") || expression.StartsWith("-") ? $"({expression})" : expression)});");
            string range = update.IsPartwise ? ", from, to" : "";
            foreach (var (_, name, tensor) in Vectors(update))
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
                if (pass.Count > 0) WritePass(code, update, pass);
            }
        }
    }

    private static void WritePass(CodeWriter code, UpdateProgram update, List<string> statements)
    {
        using (code.Block("for (int i = 0; i < parameters.Length; i++)"))
        {
            foreach (var (element, name, _) in Vectors(update))
                if (statements.Any(statement => Regex.IsMatch(statement, $@"\b{element}\b"))) code.Line($"ref var {element} = ref {name}[i];");
            foreach (string statement in statements) code.Line(statement);
        }
    }

    private static void WriteTensors(CodeWriter code, UpdateProgram update, string method)
    {
        code.Line();
        using (code.Block($"private void {method}({Parameters(update)})"))
        {
            code.Line("using var noGrad = no_grad();");
            code.Line("using var scope = NewDisposeScope();");
            WriteStepNumber(code, update);
            foreach (var (name, expression) in update.Coefficients) code.Line($"double {name} = {expression};");
            string range = update.IsPartwise ? ".narrow(0, from, to - from)" : "";
            foreach (var (_, name, tensor) in Vectors(update)) code.Line($"Tensor {name} = {tensor}{range};");
            var names = Vectors(update).ToDictionary(vector => vector.Element, vector => vector.Name);
            foreach (var statement in update.Statements) code.Line(statement.Tensors(vector => names.TryGetValue(vector, out string? name) ? name : vector));
            code.Line("gradients.zero_();");
        }
    }

    private static void WriteStepNumber(CodeWriter code, UpdateProgram update)
    {
        if (update.Coefficients.Any(coefficient => Regex.IsMatch(coefficient.Code, @"\bt\b"))) code.Line("long t = StepCount + 1;");
    }

    /// <summary>One element's name, the vector's, and the tensor that holds it.</summary>
    private static (string Element, string Name, string Tensor)[] Vectors(UpdateProgram update) =>
    [
        (UpdateProgram.Parameters, "parameters", "_model.Arena.Trainable"),
        (UpdateProgram.Gradients, "gradients", "_model.Arena.Gradients"),
        .. update.State.Select(state => (state.Element, state.Name, TrainerState.Field(state.Name))),
    ];
}
