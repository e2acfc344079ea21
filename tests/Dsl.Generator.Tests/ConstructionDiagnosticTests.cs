using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>Classes that generated code cannot make, or whose generated constructors cannot be.</summary>
public class ConstructionDiagnosticTests
{
    [Theory]
    [InlineData("[Model(4), Linear(3)] public partial class {|DSL121:Net|}(int size) { public int Size => size; }")]
    [InlineData(
        "[Model(4), Linear(3)] public partial class {|DSL121:Net|}(int size); public partial class Net { public int Size => "
        + "size; }")]
    [InlineData(
        """
        [Model(4), Linear(3)] public partial class Net;
        [Trainer<Net>, CrossEntropy, Adam, Epochs(2)] public partial class {|DSL121:NetTrainer|}(string title) { public string Title => title; }
        """)]
    public Task Primary_constructors(string declaration) => Verify.Diagnostics("using Dsl;\n" + declaration);

    [Fact]
    public Task A_constructor_that_calls_that_of_the_base_class() => Verify.Diagnostics("""
        using Dsl;
        [Model(4), Linear(3)] public partial class {|DSL123:Net|} { public Net(int size) : base("net") { } }
        """);

    [Fact]
    public Task Constructors_that_call_a_generated_one() => Verify.Compiles("""
        using Dsl;
        [Model(4), Linear(3)]
        public partial class Net
        {
            static Net() { }
            public Net(string title) : this() { }
            public Net(int a) : this("") { }
        }
        [Trainer<Net>, CrossEntropy, Adam, Epochs(2)]
        public partial class NetTrainer
        {
            public NetTrainer(string title) : this(new Net()) { }
        }
        """);

    [Theory]
    [InlineData("MeanTeacher")]
    [InlineData("WeightAverage")]
    public async Task Required_members_of_a_copy(string technique)
    {
        foreach (string member in new[] { "public required string Title { get; set; }", "public required int Size;" })
        {
            await Verify.Diagnostics($$"""
                using Dsl;
                [Model(4), Linear(3)] public partial class Net { {{member}} }
                [Trainer<Net>, CrossEntropy, {{technique}}, Adam, Epochs(2)] public partial class {|DSL122:NetTrainer|};
                """);
        }
    }

    [Fact]
    public Task Required_members_of_what_nobody_copies() => Verify.Compiles("""
        using Dsl;
        [Model(4), Linear(3)] public partial class Other { public required string Title { get; set; } }
        [Trainer<Other>, CrossEntropy, Adam, Epochs(2)] public partial class NetTrainer { public required string Title { get; set; } }
        """);
}
