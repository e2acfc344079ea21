using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The generated files of models with recurrent layers, and what is wrong with a declaration, at the very place.</summary>
public class RecurrenceCodeTests
{
    private const string Recurrent = Samples.Header + """
        [Model(12, 4)]
        [Gru(8, Bidirectional = true), Lstm(6, Layers = 2, Dropout = 0.2, States = States.Last), Linear(3)]
        public partial class Recurrent;
        """;

    private const string Every = Samples.Header + """
        [Model(12, 4)]
        [Rnn(3, Nonlinearity = RnnNonlinearity.ReLU, Bias = false), Gru(3, Bias = false), Lstm(3, Layers = 3, Bidirectional = true, Bias = false)]
        [Rnn(5, Layers = 2, Bidirectional = true, States = States.Last, Dropout = 0.1), Linear(3)]
        public partial class Every;

        [Trainer<Every>, CrossEntropy, Adam(1e-3), Epochs(1)]
        public partial class EveryTrainer;
        """;

    [Fact]
    public void Recurrent_model() => Verify.Snapshot(Recurrent);

    [Theory]
    [InlineData("explicit")]
    [InlineData("autograd")]
    public void Every_recurrence_compiles_without_warnings(string backward)
    {
        Verify.Compiles(Recurrent, ("build_property.DslBackward", backward));
        Verify.Compiles(Every, ("build_property.DslBackward", backward));
    }

    [Theory]

    // 2·(4·5·6 sums)·(4 + 6 products), a bias for each, 9 operations for each of 5·6 states, and the sum of the two biases of 24;
    // saved: input 20, states, cells and their tanh 3·30, gates 120 numbers.
    [InlineData("Lstm(6)", "  288  2,814          920")]

    // 2·(3·5·6)·10, two biases for each, 8 for each state; saved: 20, states and memory 2·30, gates 90.
    [InlineData("Gru(6)", "  216  2,220          680")]

    // 2·(5·6)·10 and 1 for each state; saved: 20 and the states 30.
    [InlineData("Rnn(6, Bias = false)", "  60    630          200")]
    public void Operations_and_saved_bytes_are_counted(string layer, string row)
    {
        string file = Declared.Generate(Samples.Header + $"[Model(5, 4), {layer}] public partial class Net;")["Demo.Net.Model.g.cs"];
        Assert.Contains(Columns(row), Columns(file));

        static string Columns(string text) => System.Text.RegularExpressions.Regex.Replace(text, " +", " ");
    }

    [Theory]
    [InlineData("[Model(8), {|DSL301:Lstm(4)|}] public partial class Net;")]
    [InlineData("[Model(1, 28, 28), {|DSL301:Gru(4)|}] public partial class Net;")]
    [InlineData("[Model(8, 4), Lstm(4, States = States.Last), {|DSL301:Rnn(4)|}] public partial class Net;")]
    [InlineData("[Model(8, 4), Lstm({|DSL105:0|})] public partial class Net;")]
    [InlineData("[Model(8, 4), Gru(4, {|DSL105:Layers = 0|})] public partial class Net;")]
    [InlineData("[Model(8, 4), Rnn(4, Layers = 2, {|DSL105:Dropout = 1|})] public partial class Net;")]
    [InlineData("[Model(8, 4), Lstm(4, {|DSL341:Dropout = 0.2|})] public partial class Net;")]
    [InlineData("[Model(8, 4), Gru(4, Bidirectional = true, {|DSL341:Dropout = 0.2|}, Layers = 1)] public partial class Net;")]
    [InlineData("[Model(1, 4), {|DSL342:Lstm(4)|}] public partial class Net;")]
    [InlineData("[Model(8), Reshape(1, 8), {|DSL342:Rnn(4, States = States.Last)|}, Linear(2)] public partial class Net;")]
    public void Declaration_that_does_not_fit(string declaration) => Verify.Diagnostics("using Dsl;\n" + declaration);

    [Theory]
    [InlineData("[Model(8), Lstm(4)] public partial class Net;",
        "Lstm(4) expects an input of shape [N, T, D], but gets [N, 8] from the model's input; [Reshape(T, D)] cuts a row into T steps")]
    [InlineData("[Model(8, 4), Gru(6, Dropout = 0.25)] public partial class Net;",
        "Dropout = 0.25 of Gru(6) drops between two layers, but Layers = 1: set Layers to 2 or more, "
        + "or write [Gru(6), Dropout(0.25)] to drop from the output")]
    [InlineData("[Model(1, 4), Rnn(6)] public partial class Net;",
        "Rnn(6) gets [N, 1, 4] from the model's input: over T = 1 step no state is ever read, so weight_hh would "
        + "never learn; a sequence is [N, T, D] with T of at least 2")]
    public void Message_says_what_to_do(string declaration, string message) => Assert.Equal(message, Verify.Message("using Dsl;\n" + declaration));
}
