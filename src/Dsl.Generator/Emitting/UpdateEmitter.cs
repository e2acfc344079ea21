using System;
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
        if (isExplicit)
        {
            code.Line();
            using (code.Block("private void Update(double learningRate)"))
            {
                code.Line("if (_model.Arena.IsFused) UpdateFused(learningRate);");
                code.Line("else UpdateTensors(learningRate);");
            }

            WriteFused(code, update);
        }

        WriteTensors(code, update, isExplicit ? "UpdateTensors" : "Update");
    }

    private static void WriteFused(CodeWriter code, UpdateProgram update)
    {
        code.Line();
        code.Line("// One pass over all parameters; the gradient is cleared while it is at hand.");
        using (code.Block("private void UpdateFused(double learningRate)"))
        {
            WriteStepNumber(code, update);
            foreach (var (name, expression) in update.Coefficients)
                code.Line($"var {name} = new Vector<float>((float){(expression.Contains(" ") || expression.StartsWith("-") ? $"({expression})" : expression)});");
            foreach (var (_, name, tensor) in Vectors(update))
                code.Line($"Span<Vector<float>> {name} = ParameterArena.Vectors({tensor});");
            using (code.Block("for (int i = 0; i < parameters.Length; i++)"))
            {
                foreach (var (element, name, _) in Vectors(update)) code.Line($"ref var {element} = ref {name}[i];");
                foreach (var statement in update.Statements) code.Line(Fused(statement));
                code.Line($"{UpdateProgram.Gradients} = Vector<float>.Zero;");
            }
        }
    }

    private static void WriteTensors(CodeWriter code, UpdateProgram update, string method)
    {
        code.Line();
        using (code.Block($"private void {method}(double learningRate)"))
        {
            code.Line("using var noGrad = no_grad();");
            code.Line("using var scope = NewDisposeScope();");
            WriteStepNumber(code, update);
            foreach (var (name, expression) in update.Coefficients) code.Line($"double {name} = {expression};");
            foreach (var (_, name, tensor) in Vectors(update)) code.Line($"Tensor {name} = {tensor};");
            var names = Vectors(update).ToDictionary(vector => vector.Element, vector => vector.Name);
            foreach (var statement in update.Statements) code.Line(Tensors(statement, vector => names.TryGetValue(vector, out string? name) ? name : vector));
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

    private static string Fused(UpdateStatement statement) => statement switch
    {
        UpdateStatement.Root root => $"var {root.Name} = {root.Scale} * Vector.SquareRoot({root.Source}) + {root.Offset};",
        UpdateStatement.Blend { Keep: null } blend => $"{blend.Target} += {Term(blend)};",
        UpdateStatement.Blend blend => $"{blend.Target} = {blend.Keep} * {blend.Target} + {Term(blend)};",
        _ => throw new InvalidOperationException($"no spelling for {statement}"),
    };

    private static string Term(UpdateStatement.Blend blend)
    {
        string term = blend.Term switch
        {
            UpdateTerm.One one => one.Vector,
            UpdateTerm.Square square => $"{square.Vector} * {square.Vector}",
            UpdateTerm.Quotient quotient => $"{quotient.Dividend} / {quotient.Divisor}",
            _ => throw new InvalidOperationException($"no spelling for {blend.Term}"),
        };
        return blend.Scale is null ? term : $"{blend.Scale} * {term}";
    }

    private static string Tensors(UpdateStatement statement, Func<string, string> vector)
    {
        if (statement is UpdateStatement.Root root)
            return $"Tensor {root.Name} = {vector(root.Source)}.sqrt().mul_({root.Scale}).add_({root.Offset});";
        var blend = (UpdateStatement.Blend)statement;
        string target = blend.Keep is null ? vector(blend.Target) : $"{vector(blend.Target)}.mul_({blend.Keep})";
        string scale = blend.Scale ?? "1";
        return blend.Term switch
        {
            UpdateTerm.One one => $"{target}.add_({vector(one.Vector)}, {scale});",
            UpdateTerm.Square square => $"{target}.addcmul_({vector(square.Vector)}, {vector(square.Vector)}, {scale});",
            UpdateTerm.Quotient quotient => $"{target}.addcdiv_({vector(quotient.Dividend)}, {vector(quotient.Divisor)}, {scale});",
            _ => throw new InvalidOperationException($"no spelling for {blend.Term}"),
        };
    }
}
