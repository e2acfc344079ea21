using System.Globalization;
using System.Reflection;
using System.Text;
using Dsl.Generator.Checking;
using Dsl.Generator.Diagnostics;
using Dsl.Generator.Graph;
using Dsl.Generator.Graph.Operations;
using Dsl.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>
/// Random expressions of numbers in a <c>Forward</c>: what the compiler makes of each is what C# makes of it, or it says that it
/// makes nothing of it. Otherwise what trains would be another network than what predicts.
/// </summary>
public class RandomArithmeticTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Expressions = 800;

    private static readonly string[] Types = ["sbyte", "byte", "short", "ushort", "char", "int", "uint", "long", "ulong",
        "float", "double"];

    // Another seed: DSL_TEST_SEED=n.
    private static readonly int Seed =
        int.TryParse(Environment.GetEnvironmentVariable("DSL_TEST_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed
            : 20250301;

    [Fact]
    public void Numbers_are_those_of_CSharp()
    {
        output.WriteLine($"seed {Seed}");
        var random = new Random(Seed);
        var bodies = Sound([.. Enumerable.Range(0, Expressions).Select(_ => Body(random))]);
        var known = Compiled(bodies);
        int equal = 0, outside = 0, undefined = 0;
        for (int i = 0; i < bodies.Count; i++)
        {
            if (known[i] is not { } expected) undefined++;
            else if (Read(bodies[i]) is not { } read) outside++;
            else if (read.Equals(expected)) equal++;
            else Assert.Fail($"seed {Seed}: the compiler has {read:R} for what is {expected:R}:\n{bodies[i]}");
        }

        string counts = $"{equal} equal, {outside} outside of what is analysed, {undefined} without a value";
        output.WriteLine(counts);
        Assert.True(equal > Expressions / 3 && outside > 0, counts);
    }

    [Theory]
    [InlineData("int k = 257; return (byte)k;", 1.0)]
    [InlineData("int k = 200; return (sbyte)k;", -56.0)]
    [InlineData("int k = 70000; return (short)k + (ushort)k + (char)k;", 4464.0 * 3)]
    [InlineData("int k = -1; return (uint)k;", 4294967295.0)]
    [InlineData("int k = -1; return (ulong)k;", 18446744073709551615.0)]
    [InlineData("long k = 4294967297; return (int)k;", 1.0)]
    [InlineData("double k = -3.9; return (sbyte)k;", -3.0)]
    [InlineData("double k = 1.1; return (float)k;", 1.10000002384185791015625)]
    [InlineData("char k = 'a'; return k + 1;", 98.0)]
    [InlineData("byte k = 250; int? n = k; return (double)(int)n;", 250.0)]
    [InlineData("int k = 257; return (byte?)k == null ? 1 : 2;", null)]
    [InlineData("int k = 7; return (double)((decimal)k / 2);", null)]
    [InlineData("int k = 7; return (nint)k / 2;", null)]
    [InlineData("int k = 300; return (int)(System.Base64FormattingOptions)k;", null)]
    [InlineData("int k = 7; object o = k; return (int)o;", null)]
    [InlineData("int k = 257; return checked((byte)k);", null)]
    [InlineData("double k = 300; return (byte)k;", null)]
    [InlineData("double k = 1e300; return (int)k;", null)]
    [InlineData("int k = int.MaxValue; k++; return k;", null)]
    [InlineData("byte k = 255; k++; return k;", null)]
    [InlineData("byte k = 255; k += 1; return k;", null)]
    public void Conversions_are_those_of_CSharp_or_outside(string body, double? value) => Assert.Equal(value, Read(body));

    /// <summary>The number that a body returns, as the compiler runs it; null where it says that it does not.</summary>
    private static double? Read(string body)
    {
        int end = body.LastIndexOf("return ", StringComparison.Ordinal);
        string source = MethodSamples.Header + $$"""
            [Model(4)]
            public partial class Net
            {
                [Linear(3)] private partial Tensor Head([Shape(4)] Tensor x);
                public Tensor Forward(Tensor x) { {{body[..end]}} x = x + (double)({{body[(end + 7)..].TrimEnd(';')}}); return Head(x); }
            }
            """;
        var model = new ProjectReader().Read(Declared.Compile(source), CancellationToken.None).Models.Single().Declaration;
        var findings = new Findings();
        var network = ModelChecker.Check(model, findings);
        if (network is not { IsOpaque: false })
        {
            Assert.Contains(findings.ToArray(), finding => finding.Id == "DSL231");
            return null;
        }

        return ((Scalar.Constant)((AddNumber)network.Computation.Nodes.Single(node => node.Operation is AddNumber).Operation)
            .Number).Value;
    }

    /// <summary>The bodies that are C#: it says of some constants that they do not fit.</summary>
    private static List<string> Sound(List<string> bodies)
    {
        var wrong = Together(bodies).GetDiagnostics().Where(found => found.Severity == DiagnosticSeverity.Error)
            .Select(found => found.Location.GetLineSpan().StartLinePosition.Line).ToHashSet();
        return [.. bodies.Where((_, i) => !wrong.Contains(i + 1))];
    }

    private static CSharpCompilation Together(List<string> bodies) => Declared.Compile("public static class Bodies {\n"
        + string.Concat(bodies.Select((body, i) => $"public static double Body{i}() {{ {body} }}\n")) + "}");

    /// <summary>The numbers that the bodies return; null where one throws.</summary>
    private static List<double?> Compiled(List<string> bodies)
    {
        using var stream = new MemoryStream();
        Assert.True(Together(bodies).Emit(stream).Success);
        var type = Assembly.Load(stream.ToArray()).GetType("Bodies")!;
        return [.. bodies.Select((_, i) => Run(type.GetMethod($"Body{i}")!))];
    }

    private static double? Run(MethodInfo body)
    {
        try
        {
            return (double)body.Invoke(null, null)!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is ArithmeticException)
        {
            return null;
        }
    }

    private static string Body(Random random)
    {
        var body = new StringBuilder();
        List<(string Name, string Type)> locals = [];
        foreach (string name in new[] { "a", "b", "c" })
        {
            string type = Types[random.Next(Types.Length)];
            string number = type == "char" ? $"'{(char)random.Next('A', 'z')}'".Replace("'\\'", "'x'", StringComparison.Ordinal)
                : type is "float" or "double" ? $"({type}){(random.NextDouble() * 400) - 100:R}"
                : type is "sbyte" or "byte" ? random.Next(128).ToString(CultureInfo.InvariantCulture)
                : random.Next(3) == 0 ? $"unchecked(({type}){random.NextInt64(long.MinValue + 1, long.MaxValue)})"
                : random.Next(100).ToString(CultureInfo.InvariantCulture);
            body.Append(CultureInfo.InvariantCulture, $"{type} {name} = {number}; ");
            locals.Add((name, type));
        }

        // In a loop nothing is a constant that C# would compute itself.
        string sum = Expression(locals, random, 3);
        return body.Append(CultureInfo.InvariantCulture,
            $"double s = 0; for (int i = 0; i < 3; i++) s = s + (double)({sum}); return s;").ToString();
    }

    private static string Expression(List<(string Name, string Type)> locals, Random random, int depth)
    {
        string Operand() => Expression(locals, random, depth - 1);
        string type = Types[random.Next(Types.Length)];
        return depth == 0 || random.Next(6) == 0
            ? random.Next(4) switch { 0 => "i", 1 => random.Next(300).ToString(CultureInfo.InvariantCulture), _ =>
                locals[random.Next(locals.Count)].Name }
            : random.Next(12) switch
            {
                0 or 1 or 2 or 3 => $"({type})({Operand()})",
                4 => $"checked(({type})({Operand()}))",
                5 => $"unchecked(({type})({Operand()}))",
                6 => $"-(long)({Operand()})",
                7 => $"((double)({Operand()}) {new[] { "<", "<=", "==", "!=", ">", ">=" }[random.Next(6)]} "
                    + $"(double)({Operand()}) ? {Operand()} : (byte)({Operand()}))",
                8 => $"(({type})({Operand()}) + ({type})({Operand()}))",
                9 => $"(({type})({Operand()}) - ({type})({Operand()}))",
                10 => $"(({type})({Operand()}) * ({type})({Operand()}))",
                _ => $"(({type})({Operand()}) {"/%"[random.Next(2)]} ({type})({Operand()}))",
            };
    }
}
