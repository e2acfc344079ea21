using System;
using System.Linq;
using Dsl.Generator.Graph;
using Dsl.Generator.Programs;

namespace Dsl.Generator.Emitting;

/// <summary>How parameters start, one statement each.</summary>
internal static class InitializationEmitter
{
    /// <param name="member">What the parameter is called in its class.</param>
    public static void Write(CodeWriter code, NetworkParameter parameter, string member)
    {
        code.Line(Statement(member, parameter.Initialization));
        if (parameter.Behind is { } behind)
        {
            string layer = member.Substring(0, member.Length - behind.Own.Length);
            string buffers = string.Join(", ", behind.Buffers.Select(buffer => layer + buffer));
            code.Line($"{behind.Function}({member}, {buffers}, generator);");
        }

        if (parameter.ZeroRow is { } row) code.Line($"using (var row = {member}.select(0, {Spelling.Join(row)})) row.zero_();");
    }

    private static string Statement(string member, Initialization initialization) => initialization switch
    {
        Initialization.UniformFanIn uniform =>
            $"InitialValues.UniformFanIn({member}, {Spelling.Join(uniform.FanIn)}, generator);",
        Initialization.Uniform uniform => Uniform(member, uniform.Bound, uniform.Origin),
        Initialization.Normal normal =>
            With($"{member}.normal_(0, {Scalar.Literal(normal.Deviation)}, generator);", normal.Origin),
        Initialization.TruncatedNormal normal =>
            With($"InitialValues.TruncatedNormal({member}, {Scalar.Literal(normal.Deviation)}, generator);", normal.Origin),
        Initialization.Orthogonal orthogonal =>
            With($"InitialValues.Orthogonal({member}, {Scalar.Literal(orthogonal.Gain)}, generator);", orthogonal.Origin),
        Initialization.Constant constant => $"Aten.fill_({member}, {Scalar.Literal(constant.Value)});",
        Initialization.RowNorms norms =>
            $"NormalizedWeights.Start({member}, {member.Substring(0, member.Length - norms.Own.Length)}{norms.Of});",
        _ => throw new InvalidOperationException($"no spelling for {initialization}"),
    };

    private static string Uniform(string member, double bound, string origin) =>
        With($"{member}.uniform_(-{Scalar.Literal(bound)}, {Scalar.Literal(bound)}, generator);", origin);

    private static string With(string statement, string origin) => origin.Length == 0 ? statement : $"{statement}  // {origin}";
}
