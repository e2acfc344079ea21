using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.Testing;
using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>All fixes of a kind at once: in a document, a project, a solution.</summary>
public class FixAllTests
{
    [Fact]
    public Task Every_value_becomes_legal() => new FixTest(Of("DSL105.SetArgument.0"))
    {
        TestCode = """
            using Dsl;
            [Model(1, 8, 8)]
            [Conv2d({|DSL109:0|}, 3), Conv2d(1, 3, Stride = 0)] // one finding at a time
            public partial class First;
            [Model(4), Linear({|DSL109:0|})] public partial class Second;
            [Trainer<Second>, CrossEntropy, Sgd(0.1, {|DSL109:Momentum = -1|}), MeanTeacher({|DSL109:Ema = 1|})]
            public partial class T;
            """,
        FixedCode = """
            using Dsl;
            [Model(1, 8, 8)]
            [Conv2d(1, 3), Conv2d(1, 3, {|DSL109:Stride = 0|})] // one finding at a time
            public partial class First;
            [Model(4), Linear({|DSL109:0|})] public partial class Second;
            [Trainer<Second>, CrossEntropy, Sgd(0.1, {|DSL109:Momentum = -1|}), MeanTeacher({|DSL109:Ema = 1|})]
            public partial class T;
            """,
        BatchFixedCode = """
            using Dsl;
            [Model(1, 8, 8)]
            [Conv2d(1, 3), Conv2d(1, 3, {|DSL109:Stride = 0|})] // one finding at a time
            public partial class First;
            [Model(4), Linear(1)] public partial class Second;
            [Trainer<Second>, CrossEntropy, Sgd(0.1, Momentum = 0), MeanTeacher(Ema = 0.999)]
            public partial class T;
            """,
        CodeFixTestBehaviors = CodeFixTestBehaviors.FixOne,
        NumberOfIncrementalIterations = 1,
        NumberOfFixAllIterations = 1,
    }.RunAsync();

    [Fact]
    public Task Every_bias_goes() => new FixTest(Of("DSL609.SetArgument.0"))
    {
        // It is found at both uses of the block.
        TestCode = """
            using Dsl;
            [Block, {|DSL109:{|DSL109:Conv2d(Arg.Channels, 3, Padding = 1)|}|}, BatchNorm2d, ReLU] public partial class B;
            [Model(1, 8, 8)]
            [{|DSL109:Conv2d(2, 3)|}, BatchNorm2d, {|DSL109:Conv2d(2, 3)|}, BatchNorm2d] // twice
            [Use<B>(Channels = 3, Times = 2), Use<B>(Channels = 4)]
            public partial class Net;
            """,
        FixedCode = """
            using Dsl;
            [Block, Conv2d(Arg.Channels, 3, Padding = 1, Bias = false), BatchNorm2d, ReLU] public partial class B;
            [Model(1, 8, 8)]
            [Conv2d(2, 3, Bias = false), BatchNorm2d, Conv2d(2, 3, Bias = false), BatchNorm2d] // twice
            [Use<B>(Channels = 3, Times = 2), Use<B>(Channels = 4)]
            public partial class Net;
            """,

        // What is wrong in a block is found at the model that uses it, in the analysis of another class.
        CodeFixTestBehaviors = CodeFixTestBehaviors.SkipLocalDiagnosticCheck,
        NumberOfIncrementalIterations = 3,
        NumberOfFixAllIterations = 1,
    }.RunAsync();

    [Fact]
    public Task Every_class_of_a_project_becomes_partial() => new FixTest(Of("DSL101.MakePartial.0"))
    {
        TestState =
        {
            Sources =
            {
                "using Dsl;\n[Model(4), Linear(2)] class {|DSL109:A|};\n[Model(4), Linear(2)] sealed class {|DSL109:B|};",
                "using Dsl;\n[Model(4), Linear(2)] class {|DSL109:C|};",
            },
        },
        FixedState =
        {
            Sources =
            {
                "using Dsl;\n[Model(4), Linear(2)] partial class A;\n[Model(4), Linear(2)] sealed partial class B;",
                "using Dsl;\n[Model(4), Linear(2)] partial class C;",
            },
        },
        NumberOfIncrementalIterations = 3,
        NumberOfFixAllInDocumentIterations = 2,
        NumberOfFixAllInProjectIterations = 1,
        NumberOfFixAllIterations = 1,
    }.RunAsync();

    // What can be made together has one key, whatever its titles are.
    private static Func<CodeAction, bool> Of(string key) => action => action.EquivalenceKey == key;
}
