using System;
using System.Linq;
using Dsl.Generator.Binding;
using Dsl.Generator.Declarations;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;
using Dsl.Generator.Schedules;

namespace Dsl.Generator.Emitting;

/// <summary>The method that starts a model's parameters, one statement each.</summary>
internal static class InitializationEmitter
{
    public static void Write(CodeWriter code, NetworkProgram network)
    {
        code.Line();
        if (network.Parameters.Any(parameter => parameter.Initialization is Initialization.UniformFanIn))
            code.Line("// PyTorch's defaults: U(-1/sqrt(fan_in), 1/sqrt(fan_in)) for weights and biases.");
        using (code.Block("private void Initialize(Generator? generator)"))
        {
            code.Line("using var noGrad = no_grad();");
            foreach (var parameter in network.Parameters)
            {
                code.Line(Statement(parameter.Member, parameter.Initialization));
                if (parameter.ZeroRow is { } row) code.Line($"using (var row = {parameter.Member}.select(0, {Spelling.Join(row)})) row.zero_();");
            }
        }
    }

    private static string Statement(string member, Initialization initialization) => initialization switch
    {
        Initialization.UniformFanIn uniform => Uniform(member, 1 / Math.Sqrt(uniform.FanIn), $"fan_in = {uniform.FanIn}"),
        Initialization.Uniform uniform => Uniform(member, uniform.Bound, uniform.Origin),
        Initialization.Normal normal => With($"{member}.normal_(0, {Scalar.Literal(normal.Deviation)}, generator);", normal.Origin),
        Initialization.TruncatedNormal normal =>
            With($"InitialValues.TruncatedNormal({member}, {Scalar.Literal(normal.Deviation)}, generator);", normal.Origin),
        Initialization.Orthogonal orthogonal =>
            With($"InitialValues.Orthogonal({member}, {Scalar.Literal(orthogonal.Gain)}, generator);", orthogonal.Origin),
        Initialization.Constant constant => $"{member}.fill_({Scalar.Literal(constant.Value)});",
        _ => throw new InvalidOperationException($"no spelling for {initialization}"),
    };

    private static string Uniform(string member, double bound, string origin) =>
        With($"{member}.uniform_(-{Scalar.Literal(bound)}, {Scalar.Literal(bound)}, generator);", origin);

    private static string With(string statement, string origin) => origin.Length == 0 ? statement : $"{statement}  // {origin}";
}
