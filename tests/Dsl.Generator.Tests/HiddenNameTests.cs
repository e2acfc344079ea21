using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>What a project imports everywhere, and what a class has for members, leaves generated code its meaning, or is
/// named.</summary>
public class HiddenNameTests
{
    private const string Declarations = """
        using Dsl;
        namespace Demo
        {
            [Model(4), Linear(8), Dropout(0.1), Linear(3)] public partial class Net;
            [Trainer<Net>, CrossEntropy(LabelSmoothing = 0.1), MeanTeacher(RampUpSteps = 2), Sgd(0.1), Steps(3)] public partial class NetTrainer;
        }

        """;

    private static readonly (string Key, string Value)[][] Targets = [[], [("build_property.DslBackward", "autograd")]];

    [Theory]
    [InlineData("global using Acme;")]
    [InlineData("global using static Acme.Parts;")]
    [InlineData("global using Math = System.MathF;")]
    [InlineData("global using Tensor = System.Array; global using Device = System.Int32;")]
    [InlineData("global using Vector = System.Random;")]
    [InlineData(
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http;"
        + "global using System.Threading; global using System.Threading.Tasks; global using System.Numerics;")]
    public async Task Global_usings_leave_generated_code_its_meaning(string usings)
    {
        foreach (var target in Targets)
        {
            await Verify.Compiles($$"""
                {{usings}}
                {{Declarations}}
                namespace Acme
                {
                    internal class Device; internal class Tensor; internal class Math; internal class Evaluation; internal class Parameter;
                    internal static class Parts { internal class Device; internal class Tensor; internal class Checkpoint; internal static int zeros(int x) => x; }
                }
                """, target);
        }
    }

    [Fact]
    public Task Without_a_namespace_an_import_is_no_trouble_either() => Verify.Compiles("""
        global using Acme;
        [Dsl.Model(4), Dsl.Linear(3)] public partial class Net;
        [Dsl.Trainer<Net>, Dsl.CrossEntropy, Dsl.Sgd(0.1), Dsl.Steps(3)] public partial class NetTrainer;
        namespace Acme { internal class Device; internal class Tensor; internal class Math; }
        """);

    [Fact]
    public Task Without_a_namespace_a_network_that_normalises_is_trained_too() => Verify.Compiles("""
        using Dsl;
        [Model(4), Linear(8, Bias = false), BatchNorm1d, ReLU, Dropout(0.1), Linear(3)] public partial class Net;
        [Trainer<Net>, CrossEntropy, MeanTeacher(RampUpSteps = 2), Sgd(0.1), Steps(3)] public partial class NetTrainer;
        """);

    [Fact]
    public Task Without_a_namespace_an_alias_is_named() => Verify.Message("""
        global using Tensor = System.Array;
        [Dsl.Model(4), Dsl.Linear(3)] public partial class {|DSL203:Net|};
        """, said => Assert.EndsWith("choose another alias", said, StringComparison.Ordinal));

    [Theory]
    [InlineData("public string Classification { get; set; } = \"\";")]
    [InlineData("public double Math;")]
    [InlineData("internal record Evaluation(int X);")]
    [InlineData("internal static void NewDisposeScope() { }")]
    public Task Members_are_named(string member) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(4), Linear(8), Dropout(0.1), Linear(3)] public partial class Net;
        [Trainer<Net>, CrossEntropy(LabelSmoothing = 0.1), MeanTeacher(RampUpSteps = 2), Sgd(0.1), Steps(3)]
        public partial class {|DSL203:NetTrainer|} { {{member}} }
        """);

    [Theory]
    [InlineData("public int Seed;")]
    [InlineData("public long StepCount => 3;")]
    [InlineData("internal static string Own => string.Empty;")]
    [InlineData("internal enum OwnStream { One }")]
    [InlineData("internal void Trains(object owner, global::Dsl.Runtime.ParameterArena arena) { }")]
    public Task Members_that_hide_what_a_trainer_inherits_are_named(string member) => Verify.Diagnostics($$"""
        using Dsl;
        [Model(4), Linear(8), Dropout(0.1), Linear(3)] public partial class Net;
        [Trainer<Net>, CrossEntropy(LabelSmoothing = 0.1), MeanTeacher(RampUpSteps = 2), Sgd(0.1), Steps(3)]
        public partial class {|DSL203:NetTrainer|} { {{member}} }
        """);

    [Theory]
    [InlineData("public void Save(string folder, int number) => Save(folder + number);")]
    [InlineData("public void Trains(int number) { }")]
    public Task Methods_beside_inherited_ones_are_no_trouble(string member) => Verify.Compiles($$"""
        using Dsl;
        [Model(4), Linear(3)] public partial class Net;
        [Trainer<Net>, CrossEntropy, Sgd(0.1), Steps(3)] public partial class NetTrainer { {{member}} }
        """);

    [Fact]
    public Task Functions_of_a_model_are_named() => Verify.Diagnostics("""
        using Dsl;
        [Model(4), Linear(8), Dropout(0.1), Linear(3)] public partial class {|DSL203:Net|} { internal static int no_grad(int n) => n; }
        """);

    [Fact]
    public Task Members_that_are_named_after_their_type_are_no_trouble() => Verify.Compiles("""
        using Dsl;
        using TorchSharp;
        using static TorchSharp.torch;
        [Model(4), Linear(3)] public partial class Net { internal Device? Device { get; set; } internal static int Unrelated { get; set; } }
        [Trainer<Net>, CrossEntropy, Sgd(0.1), Steps(3)] public partial class NetTrainer { internal Tensor? Tensor { get; set; } internal int Vectors { get; set; } }
        """);

    [Fact]
    public Task A_constructor_of_the_users_may_take_what_can_be_null() => Verify.Compiles("""
        using Dsl;
        [Model(4), Linear(3)]
        public partial class Net
        {
            internal Net(string? title) : this() => Title = title;

            internal string? Title { get; }
        }
        """);

    [Fact]
    public Task A_class_may_be_named_as_the_library() => Verify.Compiles("""
        using Dsl;
        namespace Demo
        {
            [Model(4, 8), GELU(Approximate = true), Linear(3)] public partial class TorchSharp;
        }
        """);
}
