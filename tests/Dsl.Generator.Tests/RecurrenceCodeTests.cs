using Xunit;

namespace Dsl.Generator.Tests;

/// <summary>The generated files of models with recurrent layers.</summary>
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
    public Task Recurrent_model() => Verify.Snapshot(Recurrent);

    [Theory]
    [InlineData("explicit")]
    [InlineData("autograd")]
    public async Task Every_recurrence_compiles_without_warnings(string backward)
    {
        await Verify.Compiles(Recurrent, ("build_property.DslBackward", backward));
        await Verify.Compiles(Every, ("build_property.DslBackward", backward));
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
        string file = Declared.Generate(
            Samples.Header + $"[Model(5, 4), {layer}] public partial class Net;")["Demo.Net.Model.g.cs"];
        Assert.Contains(Columns(row), Columns(file));

        static string Columns(string text) => System.Text.RegularExpressions.Regex.Replace(text, " +", " ");
    }
}
